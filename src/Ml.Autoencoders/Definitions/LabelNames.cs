namespace Ml.Autoencoders.Definitions;

/// <summary>The names of labels, or of columns, as messages list them.</summary>
internal static class LabelNames
{
    /// <summary>Characters of a name.</summary>
    private const int MaxCharacters = 100;

    /// <summary><c>'cat', 'dog'</c>; of many, the first and their number.</summary>
    public static string List(IEnumerable<string> labels) =>
        Shown.List<string>([.. labels], show: label => $"'{Shown.Text(label, MaxCharacters)}'");
}
