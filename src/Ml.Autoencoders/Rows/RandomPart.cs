using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// One side of a random division of rows, drawn for each row by its id, so that it is the same in whichever order the
/// rows are read.
/// </summary>
/// <param name="Seed">The seed of the draws.</param>
/// <param name="Fraction">The share of the rows that are held out, on average.</param>
/// <param name="IsHeld">Which side: those, or the others.</param>
internal sealed record RandomPart(int Seed, float Fraction, bool IsHeld) : RowPart
{
    private const double TwoTo53 = 1L << 53;

    public override bool Has(in RowPlace row)
    {
        ulong state = RowSeed.Of(Seed, row.Id);
        return (SplitMix.Next(ref state) >> 11) / TwoTo53 < Fraction == IsHeld;
    }
}
