namespace Ml.Autoencoders;

/// <summary>What becomes of a category that is missing: an empty text, a missing key, NaN where a column of numbers
/// holds categories.</summary>
public enum MissingCategoryHandling
{
    /// <summary>It is a category like others, with a slot of its own, where a row of the fit has it. Where none has,
    /// it is a category that the fit does not know, and all slots of the column are 0.</summary>
    Category,

    /// <summary>It is a gap: all slots of the column are NaN. For trainers that leave missing values out
    /// (<see cref="MissingValueHandling.LeaveOut"/>).</summary>
    Gap,
}
