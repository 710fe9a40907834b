using System.Globalization;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Scoring;

/// <summary>What an ONNX file cannot hold, checked before anything is written.</summary>
internal static class OnnxLimits
{
    /// <summary>
    /// A message of protobuf is smaller than 2 GiB. What it holds besides the tensors is far smaller than what is left
    /// here.
    /// </summary>
    private const long MaxBytes = int.MaxValue - (1 << 24);

    /// <exception cref="InvalidOperationException">A column is drawn at random.</exception>
    public static void Require(IEnumerable<ScoredColumn> columns)
    {
        if (Drawn(columns) is { } drawn)
            throw new InvalidOperationException($"{drawn} Export OnnxPart.Encoder, or train without that column.");
    }

    /// <summary>A sentence about the first column that is drawn at random; null where none is.</summary>
    public static string? Drawn(IEnumerable<ScoredColumn> columns) =>
        columns.FirstOrDefault(column => column.Draws) is { } column ? Drawn(column.Output.Name) : null;

    /// <summary>A sentence about a column that is drawn at random.</summary>
    public static string Drawn(string column) =>
        $"Column '{column}' is drawn at random, from the id of each row, which ONNX does not know.";

    /// <param name="model">The model; its tensors need not exist.</param>
    /// <param name="part">What is to be written of it.</param>
    /// <exception cref="InvalidOperationException">The file would be too large.</exception>
    public static void RequireSize(ModelDefinition model, OnnxPart part)
    {
        if (TooLarge(model, part) is not { } tooLarge)
            return;
        string remedy = part == OnnxPart.Stage
            ? "Export OnnxPart.Encoder and OnnxPart.Decoder each by itself, or save the numbers with SaveWeights."
            : "Save the numbers with SaveWeights.";
        throw new InvalidOperationException($"{tooLarge} {remedy}");
    }

    /// <summary>
    /// A sentence about the size of what would be written; null where an ONNX file can hold it.
    /// </summary>
    public static string? TooLarge(ModelDefinition model, OnnxPart part)
    {
        long scalers = model.Scaling == InputScaling.None ? 0 : 2;
        long encoder = Count(model.Network.Encoder.Parameters(NetworkPlan.EncoderName))
            + Count(model.Bottleneck.Parameters(model.Network.CodeSize))
            + scalers * model.Network.InputSize;
        long decoder = Count(model.Network.Decoder.Parameters(NetworkPlan.DecoderName))
            + scalers * model.Network.OutputSize;
        long bytes = sizeof(float) * part switch
        {
            OnnxPart.Encoder => encoder,
            OnnxPart.Decoder => decoder,
            _ => encoder + decoder
                + Count(ScoreNumbers.Of(model.Score, model.Network.CodeSize, model.Network.OutputSize)),
        };
        return bytes <= MaxBytes ? null : string.Create(CultureInfo.InvariantCulture,
            $"The tensors of the {part.ToString().ToLowerInvariant()} take {bytes:N0} bytes, and an ONNX file holds " +
            $"{MaxBytes:N0} bytes of them.");
    }

    private static long Count(IEnumerable<ParameterSpec> parameters) => parameters.Sum(parameter => parameter.Count);
}
