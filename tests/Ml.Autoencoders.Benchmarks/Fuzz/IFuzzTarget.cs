namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>A kind of file that the library reads.</summary>
internal interface IFuzzTarget
{
    /// <summary>The same random numbers give the same file.</summary>
    FuzzInput Make(Random random);

    /// <summary>Reads it, uses what was read, and says what came of it.</summary>
    /// <param name="input">The file.</param>
    /// <param name="path">Where it lies.</param>
    Verdict Judge(FuzzInput input, string path);
}
