using System.Reflection;
using System.Text;
using Google.Protobuf;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Onnx.Protocol;
using Ml.Autoencoders.Pipeline;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Persistence;

/// <summary>A trained stage, or a part of one, as an ONNX file: a graph, and what it was made from as metadata.</summary>
internal static class OnnxFile
{
    /// <summary>Versions of the format and of its operators: the first with layer normalisation, read by ONNX Runtime 1.12 and newer.</summary>
    private const int IrVersion = 8;
    private const int Operators = 17;

    /// <summary>ML.NET's <c>ApplyOnnxModel</c> takes it off again.</summary>
    private const string OutputSuffix = ".output";

    /// <summary>What is written beside the tensors is far smaller.</summary>
    private const long Margin = 1 << 24;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="InvalidOperationException">A column cannot be computed there, or the file would be too large.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ModelDescription description, AutoencoderModel model, OnnxPart part)
    {
        IReadOnlyList<ScoredColumn> columns = part == OnnxPart.Decoder ? [] : Columns(description, part);
        OnnxLimits.Require(columns);
        OnnxLimits.RequireSize(description.Model, part, int.MaxValue - Margin);
        ModelNumbers numbers = model.ToNumbers();
        var graph = new OnnxGraph(name => numbers[name], Reserved(description, columns));
        if (part == OnnxPart.Decoder)
            AddDecoder(graph, description);
        else
            AddScores(graph, description, columns);
        ModelProto file = Describe(graph, description, part);
        AtomicFile.Write(path, stream => file.WriteTo(stream));
    }

    /// <summary>The columns that are computed from rows.</summary>
    private static IReadOnlyList<ScoredColumn> Columns(ModelDescription description, OnnxPart part) => part == OnnxPart.Encoder
        ? ScoredColumn.Of(new ColumnNames(description.Columns.Input, description.Columns.Code), description.Model)
        : [.. description.Detection is { } detection ? ScoredColumn.Of(detection) : [], .. ScoredColumn.Of(description.Columns, description.Model)];

    private static void AddScores(OnnxGraph graph, ModelDescription description, IReadOnlyList<ScoredColumn> columns)
    {
        string input = description.Columns.Input;
        OnnxInputs rows = AddInputs(graph, description, input, description.Model.Network.InputSize);
        var scores = new OnnxScores(description.Model, rows, description.Detection?.Draws ?? 0, description.Seed);
        foreach (ScoredColumn column in columns)
        {
            DataType type = column.Output.Kind switch
            {
                OutputKind.KeyVector => DataType.Uint32,
                OutputKind.AnomalyLabel => DataType.Bool,
                _ => DataType.Float,
            };
            graph.Output(OutputName(description, input, column.Output.Name), type, column.Output.Size, column.Onnx!(scores));
        }
    }

    private static void AddDecoder(OnnxGraph graph, ModelDescription description)
    {
        string input = description.Columns.Code!;
        OnnxInputs codes = AddInputs(graph, description, input, description.Model.Network.CodeSize);
        graph.Output(OutputName(description, input, description.Columns.Reconstruction ?? ColumnNames.DefaultReconstruction), DataType.Float,
            description.Model.Network.OutputSize, OnnxDecoder.Decode(description.Model, codes));
    }

    private static OnnxInputs AddInputs(OnnxGraph graph, ModelDescription description, string name, int size)
    {
        OnnxValue values = graph.Input(name, DataType.Float, size);
        OnnxValue? keys = description.Columns.Condition is { } condition ? graph.Input(condition, DataType.Uint32, 1) : null;
        return OnnxInputs.Of(values, keys, description.Model.Condition);
    }

    /// <summary>In ML.NET a column may take the place of the one that it is made from; in a graph every value has a name of its own.</summary>
    private static string OutputName(ModelDescription description, string input, string column) =>
        column == input || column == description.Columns.Condition ? column + OutputSuffix : column;

    private static IEnumerable<string> Reserved(ModelDescription description, IReadOnlyList<ScoredColumn> columns)
    {
        string?[] names = [description.Columns.Input, description.Columns.Condition, description.Columns.Code, description.Columns.Reconstruction, ColumnNames.DefaultReconstruction,
            .. columns.Select(column => column.Output.Name)];
        return names.OfType<string>().SelectMany(name => new[] { name, name + OutputSuffix });
    }

    private static ModelProto Describe(OnnxGraph graph, ModelDescription description, OnnxPart part)
    {
        Assembly library = typeof(OnnxFile).Assembly;
        string version = library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = library.GetName().Name,
            ProducerVersion = version,
            DocString = $"{description.Model.Family} autoencoder, {part.ToString().ToLowerInvariant()}",
            Graph = graph.Proto,
            OpsetImport = { new OperatorSetIdProto { Version = Operators } },
        };
        Add("family", description.Model.Family);
        Add("part", part.ToString());
        // Everything of the model's description but how the fit went.
        Add("description", Encoding.UTF8.GetString(ModelJson.Write(description with { History = [] })));
        if (description.Model.Condition is { } condition)
            Add("labels", Encoding.UTF8.GetString(ModelJson.ToJson(condition.Labels)));
        return file;

        void Add(string key, string value) => file.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
