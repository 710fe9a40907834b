namespace Ml.Autoencoders.Rows;

/// <summary>One side of a division of rows, or what is on neither: the same whenever the rows are read.</summary>
internal abstract record RowPart
{
    /// <summary>Whether the place of a row among the others decides, so that they must be read in their
    /// order.</summary>
    public virtual bool FollowsOrder => false;

    public abstract bool Has(in RowPlace row);
}
