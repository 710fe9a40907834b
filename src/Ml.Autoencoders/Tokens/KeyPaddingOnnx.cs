using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tokens;

/// <summary>What ML.NET's own export to ONNX, <c>ConvertToOnnx</c>, makes of the padding of keys: operators of version
/// 9, which mean the same up to 12.</summary>
internal sealed class KeyPaddingOnnx
{
    private readonly OnnxContextWriter _writer;

    private KeyPaddingOnnx(OnnxContext context) => _writer = new OnnxContextWriter(context);

    /// <summary>Whether the export can take the column; a warning tells what keeps it from that.</summary>
    /// <exception cref="NotSupportedException">The size is unknown, and a side is the start.</exception>
    public static bool CanSave(IHost host, KeyPaddingDescription description, DataViewSchema.Column column,
        DataViewSchema schema)
    {
        if (!IsExported(description, (VectorDataViewType)column.Type))
        {
            throw host.ExceptNotSupp($"The stage PadKeys of column '{description.Output}' cannot be exported to " +
                $"ONNX: column '{column.Name}' is a vector of unknown size, which the export pads and cuts at the " +
                "end only. Set both sides to End, or export the stages after it.");
        }
        if (OnnxView.Confusion(schema, written => written.Name == description.Output) is not { } obstacle)
            return true;
        using IChannel channel = host.Start("ONNX conversion");
        channel.Warning("{0}", $"{obstacle} ML.NET's ConvertToOnnx cannot export a model with that stage.");
        return false;
    }

    /// <summary>Adds the column to the export.</summary>
    public static void Save(IHost host, KeyPaddingDescription description, DataViewSchema.Column column,
        DataViewSchema.Column output, OnnxContext context)
    {
        context.CheckOpSetVersion(OnnxOperators.Oldest, nameof(KeyPaddingTransformer));
        if (!context.ContainsColumn(column.Name))
        {
            using IChannel channel = host.Start("ONNX conversion");
            channel.Warning("{0}", $"Column '{column.Name}' has not been exported by the stage that writes it. " +
                $"Neither can be what is made from it: '{output.Name}'.");
            context.RemoveColumn(output.Name);
            return;
        }
        new KeyPaddingOnnx(context).Write(description, column, output);
    }

    private static bool IsExported(KeyPaddingDescription description, VectorDataViewType type) => type.IsKnownSize
        || description is { PaddingSide: SequenceSide.End, TruncationSide: SequenceSide.End };

    /// <summary>The keys of a row and, after them, as many that are missing as may be needed: of these the slots of
    /// the output are taken.</summary>
    private void Write(KeyPaddingDescription description, DataViewSchema.Column column, DataViewSchema.Column output)
    {
        var type = (VectorDataViewType)column.Type;
        string keys = type.IsKnownSize ? _writer.Column(column, type.Size) : _writer.Column(column);
        // A row of unknown size may have no key at all.
        int missing = type.IsKnownSize ? 1 : description.Length;
        string all = _writer.Add("Concat", [keys, Missing(keys, type, missing)], node => node.AddAttribute("axis", 1));
        long[] slots = type.IsKnownSize ? Slots(description, type.Size)
            : [.. Enumerable.Range(0, description.Length).Select(slot => (long)slot)];
        _writer.Column(output, _writer.Add("Gather", [all, _writer.Constant(slots, [slots.Length])],
            node => node.AddAttribute("axis", 1)));
    }

    /// <summary>Which key goes into each slot, the one after the last where none does.</summary>
    private static long[] Slots(KeyPaddingDescription description, int size)
    {
        long[] slots = new long[description.Length];
        Array.Fill(slots, size);
        (int source, int target, int count) = description.Move(size);
        for (int i = 0; i < count; i++)
            slots[target + i] = source + i;
        return slots;
    }

    /// <summary>Missing keys, <c>[B, count]</c>.</summary>
    private string Missing(string keys, VectorDataViewType type, long count)
    {
        string rows = _writer.Add("Gather", [_writer.Add("Shape", [keys]), _writer.Constant([0L], [1])],
            node => node.AddAttribute("axis", 0));
        string shape = _writer.Add("Concat", [rows, _writer.Constant([count], [1])],
            node => node.AddAttribute("axis", 0));
        return _writer.Add("Cast", [_writer.Add("ConstantOfShape", [shape])],
            node => node.AddAttribute("to", type.ItemType.RawType));
    }
}
