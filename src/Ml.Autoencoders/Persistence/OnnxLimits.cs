using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Pipeline;

namespace Ml.Autoencoders.Persistence;

/// <summary>What an ONNX file cannot hold, told before anything is written.</summary>
internal static class OnnxLimits
{
    /// <exception cref="InvalidOperationException">A column is one of chance.</exception>
    public static void Require(IEnumerable<ScoredColumn> columns)
    {
        if (columns.FirstOrDefault(column => column.Onnx is null) is { } column)
        {
            throw new InvalidOperationException(
                $"Column '{column.Output.Name}' is drawn by chance, from the id of each row, which ONNX does not know. Export OnnxPart.Encoder, or train without that column.");
        }
    }

    /// <param name="model">The model.</param>
    /// <param name="part">What is to be written of it.</param>
    /// <param name="mostBytes">What its tensors may take.</param>
    /// <exception cref="InvalidOperationException">The file would be too large.</exception>
    public static void RequireSize(ModelDefinition model, OnnxPart part, long mostBytes)
    {
        IEnumerable<ParameterSpec> encoder = model.Network.Encoder.Parameters(NetworkPlan.EncoderName);
        IEnumerable<ParameterSpec> decoder = model.Network.Decoder.Parameters(NetworkPlan.DecoderName);
        long bytes = sizeof(float) * ((part == OnnxPart.Decoder ? [] : encoder).Concat(part == OnnxPart.Encoder ? [] : decoder).Sum(parameter => parameter.Count)
            + model.Bottleneck.Parameters(model.Network.CodeSize).Sum(parameter => parameter.Count));
        if (bytes > mostBytes)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The tensors of the {part.ToString().ToLowerInvariant()} take {bytes:N0} bytes, and an ONNX file of one piece holds {mostBytes:N0}. {(part == OnnxPart.Stage ? "Export OnnxPart.Encoder and OnnxPart.Decoder each by itself, or s" : "S")}ave the numbers with SaveWeights."));
        }
    }
}
