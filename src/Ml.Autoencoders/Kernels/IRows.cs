namespace Ml.Autoencoders.Kernels;

/// <summary>Rows of numbers, read where they lie.</summary>
internal interface IRows<TSelf> where TSelf : IRows<TSelf>, allows ref struct
{
    /// <summary>The first number of a row; the others follow it. Not to be written to.</summary>
    ref float First(int row);

    /// <summary>Whether so many rows of so many numbers are there. <see cref="First"/> does not check.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    void Require(int count, int size);

    /// <summary>The rows from one on.</summary>
    TSelf From(int row);
}
