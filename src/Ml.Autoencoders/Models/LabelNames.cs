namespace Ml.Autoencoders.Models;

/// <summary>The names of labels, or of columns, as messages list them.</summary>
internal static class LabelNames
{
    private const int Most = 12;

    /// <summary><c>'cat', 'dog'</c>; of many, the first and their number.</summary>
    public static string List(IEnumerable<string> labels)
    {
        string[] all = [.. labels];
        string listed = string.Join(", ", all.Take(Most).Select(label => $"'{label}'"));
        return all.Length > Most ? $"{listed}, ... ({all.Length} in all)" : listed;
    }
}
