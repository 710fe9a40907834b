namespace Ml.Autoencoders.Scoring;

/// <summary>The names of what an ONNX file reads and gives: those of columns, and each only once.</summary>
internal sealed class OnnxNames
{
    /// <summary>ML.NET's <c>ApplyOnnxModel</c> removes it again: from a name that ends in it, it removes every
    /// occurrence.</summary>
    private const string OutputSuffix = ".output";

    /// <summary>What is left of this where the suffix is taken out of it, is the suffix.</summary>
    private const string KeptSuffix = ".out.outputput";

    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);

    /// <param name="input">The column of rows, or of codes.</param>
    /// <param name="condition">The key column; null where there is no condition.</param>
    /// <param name="outputs">The columns that are given.</param>
    /// <exception cref="InvalidOperationException">Two would have the same name.</exception>
    public OnnxNames(string input, string? condition, IEnumerable<string> outputs)
    {
        Input = input;
        Condition = condition;
        string[] inputs = condition is null ? [input] : [input, condition];
        // In ML.NET a column may take the place of the one that it is made from; in a graph every
        // value has its own name.
        foreach (string output in outputs)
            _outputs.Add(output, NeedsSuffix(output, inputs) ? WithSuffix(output) : output);
        All = [.. inputs, .. _outputs.Values];
        if (All.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException(
                $"Two inputs or outputs of the ONNX file would be named '{twice.Key}'. Train with another name " +
                "for one of those columns.");
    }

    public string Input { get; }

    public string? Condition { get; }

    public IReadOnlyList<string> All { get; }

    /// <summary>The name of a column that is given.</summary>
    public string Of(string output) => _outputs[output];

    private static string WithSuffix(string output) =>
        output.Replace(OutputSuffix, KeptSuffix, StringComparison.Ordinal) + OutputSuffix;

    /// <summary>A column whose own name ends in the suffix needs one that may be lost.</summary>
    private static bool NeedsSuffix(string output, string[] inputs) =>
        inputs.Contains(output) || output.EndsWith(OutputSuffix, StringComparison.Ordinal);
}
