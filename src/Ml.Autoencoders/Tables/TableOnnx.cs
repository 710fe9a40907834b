using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tables;

/// <summary>What ML.NET's own export to ONNX, <c>ConvertToOnnx</c>, makes of a table: operators of version 9, which
/// mean the same up to 12.</summary>
internal sealed class TableOnnx
{
    /// <summary>Where the operators for texts are.</summary>
    private const string MachineLearning = "ai.onnx.ml";

    private readonly OnnxContextWriter _writer;

    private TableOnnx(OnnxContext context) => _writer = new OnnxContextWriter(context);

    /// <summary>Whether the export can take the column; a warning tells what keeps it from that.</summary>
    public static bool CanSave(IHost host, TableDescription table, DataViewSchema schema)
    {
        string? obstacle = OnnxView.Confusion(schema, column => column.Name == table.Output)
            ?? (table.Columns.OfType<CategoryColumn>().FirstOrDefault(HasNul) is { } damaged
                ? $"A category of column '{damaged.Name}' has the character NUL, where a text ends in ONNX Runtime."
                : null);
        if (obstacle is null)
            return true;
        using IChannel channel = host.Start("ONNX conversion");
        channel.Warning("{0}", $"{obstacle} ML.NET's ConvertToOnnx cannot export a model with that table.");
        return false;
    }

    /// <summary>Adds the column to the export.</summary>
    public static void Save(IHost host, TableDescription table, DataViewSchema.Column[] columns, DataViewSchema schema,
        OnnxContext context)
    {
        context.CheckOpSetVersion(OnnxOperators.Oldest, nameof(TableFeaturizingTransformer));
        if (columns.Where(column => !context.ContainsColumn(column.Name)).Select(column => column.Name)
            .FirstOrDefault() is { } lacking)
        {
            using IChannel channel = host.Start("ONNX conversion");
            channel.Warning("{0}", $"Column '{lacking}' has not been exported by the stage that writes it. Neither " +
                $"can be what is made from it: '{table.Output}'.");
            context.RemoveColumn(table.Output);
            return;
        }
        new TableOnnx(context).Write(table, columns, schema[table.Output]);
    }

    private static bool HasNul(CategoryColumn column) => column.Kind == DataKind.String
        && column.Values.Any(value => value.Contains('\0', StringComparison.Ordinal));

    private void Write(TableDescription table, DataViewSchema.Column[] columns, DataViewSchema.Column output)
    {
        string[] parts = [.. table.Columns.Zip(columns, Slots)];
        _writer.Column(output, parts.Length == 1
            ? parts[0] : _writer.Add("Concat", parts, node => node.AddAttribute("axis", 1)));
    }

    private string Slots(TableColumn column, DataViewSchema.Column found)
    {
        string values = _writer.Column(found, column is NumberColumn numbers ? numbers.Size : 1);
        return column is not CategoryColumn categories ? Single(values)
            : categories.Kind == DataKind.String ? Texts(categories, values)
            : categories.Kind is DataKind.Single or DataKind.Double ? Reals(categories, values)
            : Wholes(categories, values);
    }

    /// <summary>Texts are numbered, those that have no slot with -1.</summary>
    private string Texts(CategoryColumn column, string values)
    {
        string[] known = column.Missing == MissingSlots.Zeros ? [.. column.Values] : [.. column.Values, ""];
        long[] numbers = [.. known.Select((_, number) => (long)number)];
        string encoded = _writer.Add("LabelEncoder", [values], node =>
        {
            node.AddAttribute("keys_strings", known);
            node.AddAttribute("values_int64s", numbers);
            node.AddAttribute("default_int64", -1);
        }, MachineLearning);
        return Whole(column, encoded, numbers[..column.Size], column.Values.Count);
    }

    /// <summary>Whole numbers, and keys, of which 0 is missing.</summary>
    private string Wholes(CategoryColumn column, string values)
    {
        long[] codes = [.. column.Codes];
        return Whole(column, Cast(values, typeof(long)),
            column.Missing == MissingSlots.Own ? [.. codes, 0] : codes, missing: column.IsKey ? 0 : null);
    }

    private string Whole(CategoryColumn column, string values, long[] codes, long? missing)
    {
        string slots = Single(_writer.Add("Equal", [values, _writer.Constant(codes, [1, codes.Length])]));
        return column.Missing == MissingSlots.Gap && missing is { } gap
            ? Gaps(_writer.Add("Equal", [values, _writer.Constant([gap], [1, 1])]), slots)
            : slots;
    }

    /// <summary>In version 9 only whole numbers can be compared for being equal. NaN is neither greater nor less than
    /// any number either.</summary>
    private string Reals(CategoryColumn column, string values)
    {
        long[] sizes = [1, column.Values.Count];
        IEnumerable<double> reals = column.Codes.Select(BitConverter.Int64BitsToDouble);
        string known = column.Kind == DataKind.Single
            ? _writer.Constant([.. reals.Select(real => (float)real)], sizes)
            : _writer.Constant([.. reals], sizes);
        string missing = _writer.Add("IsNaN", [Single(values)]);
        string others = _writer.Add("Or",
            [_writer.Add("Greater", [values, known]), _writer.Add("Less", [values, known])]);
        string slots = Single(_writer.Add("Not", [_writer.Add("Or", [others, missing])]));
        return column.Missing switch
        {
            MissingSlots.Own => _writer.Add("Concat", [slots, Single(missing)], node => node.AddAttribute("axis", 1)),
            MissingSlots.Gap => Gaps(missing, slots),
            _ => slots,
        };
    }

    private string Gaps(string missing, string slots) =>
        _writer.Add("Where", [missing, _writer.Constant([float.NaN], [1, 1]), slots]);

    private string Single(string values) => Cast(values, typeof(float));

    private string Cast(string values, Type type) =>
        _writer.Add("Cast", [values], node => node.AddAttribute("to", type));
}
