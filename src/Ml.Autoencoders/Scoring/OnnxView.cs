using Microsoft.ML;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Onnx;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Scoring;

/// <summary>What ML.NET's own export to ONNX, <c>ConvertToOnnx</c>, makes of a <see cref="MappedView"/>.</summary>
internal static class OnnxView
{
    private const string Rows = "rows";
    private const string Labels = "labels";

    /// <summary>What the export appends to the names of columns that it gives.</summary>
    private const string Appended = ".output";

    /// <summary>Whether the export can take all columns of a view; a warning tells what keeps it from that.</summary>
    public static bool CanSave(IHost host, MappedSchema schema)
    {
        if ((schema.Mapping.OnnxObstacle
            ?? Confusion(schema.Output, column => schema.OutputIndex(column.Index) is not null)) is not { } obstacle)
            return true;
        using IChannel channel = host.Start("ONNX conversion");
        channel.Warning("{0}", $"{obstacle} ML.NET's ConvertToOnnx cannot export a model with that stage.");
        return false;
    }

    /// <summary>A sentence about two columns that the export would take for one; null where there are none. It names
    /// what it gives after the columns, and then finds that where it looks for a column of that name.</summary>
    /// <param name="schema">All columns that there are after the stage.</param>
    /// <param name="isWritten">Which of them the stage writes.</param>
    public static string? Confusion(DataViewSchema schema, Func<DataViewSchema.Column, bool> isWritten)
    {
        foreach (DataViewSchema.Column column in schema)
        {
            string appended = column.Name + Appended;
            if (schema.GetColumnOrNull(appended) is { } other && (isWritten(column) || isWritten(other)))
                return $"Column '{appended}' would get the values of column '{column.Name}', to whose name ML.NET " +
                    $"appends '{Appended}'. Choose another name.";
        }
        return null;
    }

    /// <summary>Adds the columns of a view to the export.</summary>
    public static void Save(IHost host, MappedSchema schema, OnnxContext context)
    {
        context.CheckOpSetVersion(OnnxOperators.Oldest, "Autoencoder");
        DataViewSchema.Column[] outputs = [.. schema.Output.Skip(schema.Input.Count)];
        DataViewSchema.Column[] inputs = schema.Label is { } label ? [schema.InputColumn, label.Column]
            : [schema.InputColumn];
        if (inputs.Where(column => !context.ContainsColumn(column.Name)).Select(column => column.Name)
            .FirstOrDefault() is { } lacking)
        {
            using IChannel channel = host.Start("ONNX conversion");
            channel.Warning("{0}", $"Column '{lacking}' has not been exported by the stage that writes it. Neither " +
                $"can be what is made from it: {string.Join(", ", outputs.Select(output => $"'{output.Name}'"))}.");
            foreach (DataViewSchema.Column output in outputs)
                context.RemoveColumn(output.Name);
            return;
        }
        Write(schema, new OnnxContextWriter(context), outputs);
    }

    private static void Write(MappedSchema schema, OnnxContextWriter writer, DataViewSchema.Column[] outputs)
    {
        VectorMapping mapping = schema.Mapping;
        ModelNumbers numbers = mapping.Numbers();
        var graph = new OnnxGraph(name => numbers[name], [Rows, Labels], OnnxOperators.Oldest);
        OnnxValue rows = graph.Input(Rows, mapping.InputTokens is null ? DataType.Float : DataType.Uint32,
            mapping.InputSize);
        writer.Input(Rows, schema.InputColumn, mapping.InputSize);
        OnnxValue? labels = null;
        if (schema.Label is { } label)
        {
            labels = graph.Input(Labels, DataType.Uint32, 1);
            writer.Input(Labels, label.Column, 1);
        }
        var array = new OnnxArray(rows, -1, mapping.InputSize);
        IReadOnlyList<OnnxValue> values = mapping.Export(mapping.InputTokens is { } tokens
            ? OnnxInputs.OfTokens(array, tokens.Classes, labels, mapping.Condition)
            : OnnxInputs.Of(array, labels, mapping.Condition, mapping.MayHaveGaps, mapping.AreWindows));
        writer.Add(graph.Finish(values));
        for (int i = 0; i < outputs.Length; i++)
            writer.Output(values[i].Name, outputs[i]);
    }
}
