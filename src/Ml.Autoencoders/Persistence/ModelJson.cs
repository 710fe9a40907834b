using System.Text.Json;
using System.Text.Json.Serialization;
using Ml.Autoencoders.Anomalies;
using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Priors;

namespace Ml.Autoencoders.Persistence;

/// <summary>A <see cref="ModelDescription"/> as JSON. Types are named from closed lists; reading one creates nothing else.</summary>
internal static class ModelJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        // The loss over validation rows may be infinite; the fit does not end by it.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static byte[] Write(ModelDescription description) => ToJson(description);

    /// <summary>Anything that is made of descriptions.</summary>
    public static byte[] ToJson<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="owner">Whose description it is, as errors say it.</param>
    /// <param name="check">Throws where what was read does not fit itself.</param>
    /// <exception cref="FormatException">It is not the description of a <typeparamref name="T"/>.</exception>
    public static T FromJson<T>(ReadOnlySpan<byte> json, string owner, Action<T>? check = null)
        where T : class
    {
        try
        {
            T value = JsonSerializer.Deserialize<T>(json, Options) ?? throw new FormatException($"The {owner}'s description is empty.");
            check?.Invoke(value);
            return value;
        }
        catch (Exception error) when (error is JsonException or NetworkException or ArgumentException or ArithmeticException or NotSupportedException)
        {
            throw new FormatException($"The {owner}'s description cannot be read: {error.Message}", error);
        }
    }

    /// <exception cref="FormatException">It is not the description of a model, or of one from a newer version.</exception>
    public static ModelDescription Read(ReadOnlySpan<byte> json) => FromJson<ModelDescription>(json, "model", Check);

    private static void Check(ModelDescription description)
    {
        if (description.Version is < 1 or > ModelDescription.CurrentVersion)
            throw new FormatException($"The model's description has version {description.Version}; this library reads up to {ModelDescription.CurrentVersion}.");
        RequireFit(description.Model, description.Columns);
        if (description.Detection is null ? description.Columns is { Code: null } or { Detects: true } : !Fits(description.Detection, description))
            throw new FormatException("The model's columns and what it is for do not fit each other.");
    }

    /// <summary>What a fit makes is so by construction; a file may say anything.</summary>
    private static void RequireFit(ModelDefinition model, ColumnNames columns)
    {
        NetworkPlan network = model.Network;
        bool fits = network is { InputSize: > 0, CodeSize: > 0, Encoder.InputShape.IsVector: true, Decoder.InputShape.IsVector: true }
            && network.Encoder.OutputShape.Count == model.Bottleneck.EncoderOutputs(network.CodeSize)
            && FitsRows(model)
            && network.ConditionSize == (model.Condition?.Labels.Count ?? 0)
            && network.ConditionSize == (model.Condition?.Rows.Count ?? 0)
            && (!model.Objective.NeedsGaussianCode || model.Bottleneck is GaussianBottleneck)
            && (model.Objective.Prior is not { } prior || network.CodeSize >= prior.LeastCodeSize)
            && model.Objective.Prior is not (RingPrior { Components: < 1 } or RingPrior { StandardDeviation: not > 0 })
            && model.Objective.Likelihood is not GaussianLikelihood { Variance: not > 0 }
            && (columns.Condition is null) == (model.Condition is null)
            && (columns.Target is null || model.Target is not null)
            && (model.Target is null || columns.Compared is null)
            && ((columns.LogVariance ?? columns.Sample ?? columns.EvidenceLowerBound) is null || model.Bottleneck is GaussianBottleneck)
            && (columns.CodeIndices is null || model.Bottleneck is VectorQuantizedBottleneck)
            && (!model.Objective.Likelihood.NeedsUnitInterval || network.Decoder.Layers is [.., ActivationLayer { Function: Activation.Sigmoid }]);
        if (!fits)
            throw new FormatException("The model's columns, encoder, code and decoder do not fit each other.");
    }

    private static bool Fits(Detection detection, ModelDescription description) =>
        description.Columns.Detects && description.Model.Target is null && detection.Draws >= 0 && (detection.Draws > 0) == description.Model.Objective.NeedsGaussianCode
        && float.IsFinite(detection.Threshold);

    /// <summary>Whether encoder and decoder take and give rows of the sizes that columns and corruption say.</summary>
    private static bool FitsRows(ModelDefinition model)
    {
        int outputs = model.Target?.Dimensions.Aggregate(1, (product, size) => checked(product * size)) ?? model.Network.InputSize;
        long inputs = model.Image is { } image ? model.Corruption.Leaves(image.Shape).Count : model.Network.InputSize;
        return inputs == model.Network.InputSize
            && outputs == model.Network.OutputSize
            && (model.Image is not null || !model.Corruption.NeedsImage)
            && (model.Target is not null || !model.Corruption.Reduces)
            && (model.Target is not { } target || Fits(target, outputs));
    }

    private static bool Fits(Target target, int outputs) =>
        target.Dimensions.All(size => size > 0)
        && (target.Image is not { } image || (image.Shape.Count == outputs && (target.Dimensions.Count != 3 || target.Dimensions.SequenceEqual(image.Dimensions))));
}
