namespace Ml.Autoencoders.Columns;

/// <summary>What the groups of rows are named by.</summary>
internal enum GroupKind
{
    Text,
    Key,
    Whole,
}
