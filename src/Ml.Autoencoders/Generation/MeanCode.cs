namespace Ml.Autoencoders.Generation;

/// <summary>The mean of codes that come one by one.</summary>
/// <param name="size">Numbers of a code, Z.</param>
internal sealed class MeanCode(int size)
{
    private readonly double[] _sums = new double[size];
    private long _count;

    /// <summary>Adds the code of a row.</summary>
    /// <param name="code">The code.</param>
    /// <param name="parameter">The caller's name for the rows.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public void Add(float[] code, string parameter)
    {
        for (int i = 0; i < size; i++)
        {
            if (!float.IsFinite(code[i]))
            {
                throw new ArgumentException($"Row {_count} has no code, because it holds missing values or infinite " +
                    "ones. Leave such rows out, with ml.Data.FilterRowsByMissingValues for example.", parameter);
            }
            _sums[i] += code[i];
        }
        _count++;
    }

    /// <summary>The mean of those so far.</summary>
    /// <param name="parameter">The caller's name for the rows.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public double[] Mean(string parameter) => _count > 0
        ? [.. _sums.Select(sum => sum / _count)]
        : throw new ArgumentException("There are no rows, and no mean of their codes.", parameter);
}
