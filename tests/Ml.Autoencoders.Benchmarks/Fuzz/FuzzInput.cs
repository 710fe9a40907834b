namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>A file that somebody might hand to the library.</summary>
/// <param name="Mutation">What was done to it.</param>
/// <param name="Of">Which file it was made of.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="IsAccident">Whether no digest was made to fit again: it has to be refused, or to give what the whole
/// one gives.</param>
/// <param name="Unpacked">How many bytes it unpacks to.</param>
internal sealed record FuzzInput(string Mutation, string Of, byte[] Bytes, bool IsAccident, long Unpacked);
