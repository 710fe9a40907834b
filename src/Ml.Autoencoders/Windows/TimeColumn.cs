namespace Ml.Autoencoders.Windows;

/// <summary>The column of the times of rows.</summary>
internal sealed record TimeColumn(string Name, TimeKind Kind)
{
    /// <summary>Whether times differ by numbers, not by spans of time.</summary>
    public bool IsNumeric => Kind is TimeKind.Whole or TimeKind.Single or TimeKind.Double;
}
