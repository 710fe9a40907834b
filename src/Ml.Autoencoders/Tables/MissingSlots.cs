namespace Ml.Autoencoders.Tables;

/// <summary>What a row without a category has in the slots of the column.</summary>
internal enum MissingSlots
{
    /// <summary>0 in each.</summary>
    Zeros,

    /// <summary>1 in the last, which only such rows have.</summary>
    Own,

    /// <summary>NaN in each.</summary>
    Gap,
}
