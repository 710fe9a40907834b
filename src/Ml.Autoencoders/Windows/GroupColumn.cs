namespace Ml.Autoencoders.Windows;

/// <summary>The column of the groups that windows do not mix.</summary>
internal sealed record GroupColumn(string Name, GroupKind Kind);
