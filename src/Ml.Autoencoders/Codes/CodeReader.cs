namespace Ml.Autoencoders.Codes;

/// <summary>Reads a row in managed memory: what the encoder gave, to the code of prediction and the numbers of other
/// columns after it.</summary>
internal delegate void CodeReader(ReadOnlySpan<float> encoded, Span<float> read);
