namespace Ml.Autoencoders.Tables;

/// <summary>Writes what a row has in a column to the column's slots.</summary>
internal delegate void SlotWriter(Span<float> slots);
