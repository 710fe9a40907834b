using System.Globalization;
using System.Text;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A comparison as text.</summary>
internal static class ComparisonTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>For people: without columns that were not requested, with dashes for single figures that are missing
    /// and the reasons below.</summary>
    public static string ToMarkdown(IReadOnlyList<ComparedStage> stages, int nearestNeighbors)
    {
        TableColumn[] columns = [.. TableColumn.All(nearestNeighbors)
            .Where(column => stages.Any(stage => column.Value(stage) is not null))];
        // Elsewhere the numbers that a row becomes are those of its code.
        bool hasOthers = stages.Any(stage => stage.Output != StageOutput.Code);
        IEnumerable<string> head =
            ["stage", "code", .. hasOthers ? ["numbers"] : (string[])[], .. columns.Select(column => column.Heading)];
        StringBuilder text = new StringBuilder()
            .Append(Culture, $"| {string.Join(" | ", head)} |\n")
            .Append(Culture, $"|{string.Concat(head.Select(_ => "---|"))}\n");
        foreach (IGrouping<int, ComparedStage> rivals in stages.GroupBy(stage => stage.CodeSize))
        {
            Func<ComparedStage, string>[] cells = [.. columns.Select(column => Cells(column, rivals))];
            foreach (ComparedStage stage in rivals)
                text.Append(Culture,
                    $"| {Plain(stage.Name)} | {stage.CodeSize} | {(hasOthers ? $"{stage.Width} | " : "")}" +
                    $"{string.Join(" | ", cells.Select(cell => cell(stage)))} |\n");
        }
        return text.Append(Notes(stages)).ToString();
    }

    /// <summary>A list of the stages' notes, each once; empty where there are none.</summary>
    private static string Notes(IReadOnlyList<ComparedStage> stages)
    {
        IEnumerable<string> lines = stages.SelectMany(stage => stage.Notes.Select(note => (Stage: stage, Note: note)))
            .GroupBy(pair => pair.Note, pair => pair.Stage, StringComparer.Ordinal)
            .Select(group => $"- {Whose(group, stages)}{Plain(group.Key)}\n");
        return string.Concat(lines) is { Length: > 0 } list ? $"\n{list}" : "";
    }

    /// <summary>Empty where it applies to all.</summary>
    private static string Whose(IEnumerable<ComparedStage> some, IReadOnlyList<ComparedStage> all)
    {
        IEnumerable<string> names = some
            .Select(stage => string.Create(Culture, $"{Plain(stage.Name)}, {stage.CodeSize} numbers"));
        return some.Count() == all.Count ? "" : $"{string.Join("; ", names)}: ";
    }

    /// <summary>For programs: every column, and an empty field where there is no figure.</summary>
    public static string ToCsv(IReadOnlyList<ComparedStage> stages)
    {
        TableColumn[] columns = TableColumn.All(nearestNeighbors: 0);
        IEnumerable<string> head = ["Name", "CodeSize", .. columns.Select(column => column.Name),
            nameof(ComparedStage.Output), nameof(ComparedStage.Width)];
        IEnumerable<IEnumerable<string>> lines = stages.Select(stage => (IEnumerable<string>)
            [stage.Name, stage.CodeSize.ToString(Culture), .. columns.Select(column => Digits(column.Value(stage))),
                stage.Output.ToString(), stage.Width.ToString(Culture)]);
        return string.Concat(lines.Prepend(head).Select(fields => string.Join(',', fields.Select(Field)) + "\r\n"));
    }

    private static string Digits(double? value) =>
        value is null or double.NaN ? "" : value.Value.ToString("R", Culture);

    /// <summary>How a column is written for rivals: in bold what reads like the best.</summary>
    private static Func<ComparedStage, string> Cells(TableColumn column, IEnumerable<ComparedStage> rivals)
    {
        string? best = column.Write(column.Best(rivals.Select(column.Value)));
        return stage => column.Write(column.Value(stage)) is not { } text ? ""
            : text == best ? $"**{text}**"
            : text;
    }

    private static string Plain(string name) =>
        name.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>RFC 4180, section 2.</summary>
    private static string Field(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
