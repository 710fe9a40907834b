namespace Ml.Autoencoders.Tables;

/// <summary>Reads the code of a category.</summary>
/// <returns>False where the value is missing.</returns>
internal delegate bool CodeReader(out long code);
