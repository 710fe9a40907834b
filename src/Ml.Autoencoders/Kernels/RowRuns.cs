namespace Ml.Autoencoders.Kernels;

/// <summary>Where the inputs of a row lie: pieces of equal length at equal distances. A row of a matrix is one piece;
/// what a kernel covers of a picture is one for each of its rows.</summary>
/// <param name="Count">How many pieces.</param>
/// <param name="Length">Numbers in each.</param>
/// <param name="Step">From the start of one to that of the next.</param>
internal readonly record struct RowRuns(int Count, int Length, int Step);
