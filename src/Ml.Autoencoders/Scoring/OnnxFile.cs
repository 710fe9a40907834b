using System.Reflection;
using System.Text;
using Google.Protobuf;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Onnx.Protocol;
using Ml.Autoencoders.Persistence;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// A trained stage, or a part of one, as an ONNX file: a graph, and what it was made from as metadata.
/// </summary>
internal static class OnnxFile
{
    /// <summary>The version of the format that came with <see cref="OnnxOperators.OfFiles"/>.</summary>
    private const int IrVersion = 8;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="InvalidOperationException">A column cannot be computed there, two would have the same name, or
    /// the file would be too large.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ModelDescription description, AutoencoderModel model, OnnxPart part)
    {
        OnnxLimits.RequireSize(description.Model, part);
        ModelProto file = part == OnnxPart.Decoder
            ? Decoder(description, model) : Scores(description, model, Columns(description, part));
        Describe(file, description, part);
        AtomicFile.Write(path, stream => file.WriteTo(stream));
    }

    /// <summary>The columns that are computed from rows.</summary>
    private static IReadOnlyList<ScoredColumn> Columns(ModelDescription description, OnnxPart part) =>
        part == OnnxPart.Encoder
        ? ScoredColumn.Of(new ColumnNames(description.Columns.Input, description.Columns.Code), description.Model)
        : [.. description.Detection is { } detection ? ScoredColumn.Of(detection, description.Columns) : [],
            .. ScoredColumn.Of(description.Columns, description.Model)];

    private static ModelProto Scores(ModelDescription description, AutoencoderModel model,
        IReadOnlyList<ScoredColumn> columns)
    {
        OnnxLimits.Require(columns);
        var names = new OnnxNames(description.Columns.Input, description.Columns.Condition,
            columns.Select(column => column.Output.Name));
        OnnxInputs rows = Inputs(model, names, model.InputSize, model.Definition.Network.MarksGaps,
            model.Definition.Network.Tokens);
        var scores = new OnnxPrediction(model.Definition, rows, description.Detection?.Draws ?? 0, description.Seed);
        foreach (ScoredColumn column in columns)
        {
            DataType type = column.Output.AreKeys ? DataType.Uint32
                : column.Output.Kind == OutputKind.AnomalyLabel ? DataType.Bool
                : DataType.Float;
            rows.Values.Value.Graph.Output(names.Of(column.Output.Name), type, column.Output.Size,
                column.Export(scores));
        }
        return new ModelProto { Graph = rows.Values.Value.Graph.Finish() };
    }

    private static ModelProto Decoder(ModelDescription description, AutoencoderModel model)
    {
        string output = description.Columns.Reconstruction ?? ColumnNames.DefaultReconstruction;
        TokenFormat? tokens = model.Definition.Network.Tokens;
        string probabilities = output + "Probabilities";
        var names = new OnnxNames(description.Columns.Code!, description.Columns.Condition,
            tokens is null ? [output] : [output, probabilities]);
        OnnxInputs codes = Inputs(model, names, model.CodeSize, mayHaveGaps: false, tokens: null);
        OnnxGraph graph = codes.Values.Value.Graph;
        if (tokens is null)
        {
            graph.Output(names.Of(output), DataType.Float, model.OutputSize,
                OnnxPrediction.OfCodes(model.Definition, codes));
        }
        else
        {
            (OnnxValue keys, OnnxValue likely) = OnnxPrediction.KeysOfCodes(model.Definition, codes);
            graph.Output(names.Of(output), DataType.Uint32, tokens.Steps, keys);
            graph.Output(names.Of(probabilities), DataType.Float, [tokens.Steps, tokens.Classes], likely);
        }
        return new ModelProto { Graph = graph.Finish() };
    }

    /// <summary>The inputs of a new graph.</summary>
    private static OnnxInputs Inputs(AutoencoderModel model, OnnxNames names, int size, bool mayHaveGaps,
        TokenFormat? tokens)
    {
        ModelNumbers numbers = model.ToNumbers();
        var graph = new OnnxGraph(name => numbers[name], names.All);
        OnnxValue values = graph.Input(names.Input, tokens is null ? DataType.Float : DataType.Uint32, size);
        OnnxValue? keys = names.Condition is { } condition ? graph.Input(condition, DataType.Uint32, 1) : null;
        if (tokens is not null)
            return OnnxInputs.OfTokens(new OnnxArray(values, -1, size), tokens.Classes, keys,
                model.Definition.Condition);
        return OnnxInputs.Of(new OnnxArray(values, -1, size), keys, model.Definition.Condition, mayHaveGaps,
            areWindows: model.Definition.Window is not null);
    }

    private static void Describe(ModelProto file, ModelDescription description, OnnxPart part)
    {
        Assembly library = typeof(OnnxFile).Assembly;
        file.IrVersion = IrVersion;
        file.OpsetImport.Add(new OperatorSetIdProto { Version = OnnxOperators.OfFiles });
        file.ProducerName = library.GetName().Name;
        file.ProducerVersion =
            library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        file.DocString = $"{description.Model.Family} autoencoder, {part.ToString().ToLowerInvariant()}";
        Add("family", description.Model.Family);
        Add("part", part.ToString());
        // All of the model's description except the history of the fit, and scores that are in the graph if at all.
        Add("description", Encoding.UTF8.GetString(ModelJson.Write(description with
        {
            History = [],
            Detection = description.Detection is { } detection ? detection with { Reference = null } : null,
        })));
        if (description.Model.KeyNames is { } keys)
            Add("keys", Encoding.UTF8.GetString(ModelJson.ToJson(keys)));
        if (description.Model.Condition is { } condition)
            Add("labels", Encoding.UTF8.GetString(ModelJson.ToJson(condition.Labels)));

        void Add(string key, string value) =>
            file.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
