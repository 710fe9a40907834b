namespace Ml.Autoencoders.Tensors;

/// <summary>Standard normal numbers that codes are drawn with.</summary>
/// <remarks>They depend on row and draw alone, not on what was asked for before: any number of threads may ask, in any
/// order.</remarks>
internal interface INoise
{
    /// <param name="row">The place of a row in its batch.</param>
    /// <param name="draw">Which of the row's draws, from 0 on.</param>
    /// <param name="numbers">Room for those of one code, Z.</param>
    void Fill(int row, int draw, Span<float> numbers);
}
