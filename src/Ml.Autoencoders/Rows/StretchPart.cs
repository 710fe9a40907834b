namespace Ml.Autoencoders.Rows;

/// <summary>Rows that follow each other.</summary>
/// <param name="First">The first of them, from 0.</param>
/// <param name="End">The first after them.</param>
internal sealed record StretchPart(long First, long End) : RowPart
{
    public override bool FollowsOrder => true;

    public override bool Has(in RowPlace row) => row.Index >= First && row.Index < End;
}
