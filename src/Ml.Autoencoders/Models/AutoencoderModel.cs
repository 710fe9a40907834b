using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>A definition with its numbers: what encodes, decodes and measures. Knows no columns.</summary>
/// <remarks>Owns its tensors. Safe to compute with from several threads once trained.</remarks>
internal sealed class AutoencoderModel(ModelDefinition definition, NetworkWeights weights, InputScaler? scaler, Device device)
    : IDisposable
{
    private volatile bool _disposed;

    public ModelDefinition Definition => definition;

    public NetworkWeights Weights => weights;

    public InputScaler? Scaler => scaler;

    public Device Device => device;

    public int InputSize => definition.Network.InputSize;

    public int CodeSize => definition.Network.CodeSize;

    /// <summary>A batch of training through the network: rows in the network's units, both <c>[B, D]</c>.</summary>
    public TrainingPass Pass(Tensor target, Tensor input, ForwardMode mode)
    {
        Tensor code = definition.Bottleneck.Code(weights.Encode(input, mode));
        return new TrainingPass(target, code, definition.Objective.OutputOf(weights, code, mode));
    }

    /// <summary>What is asked of rows in the column's units, <c>[B, D]</c> on <see cref="Device"/>.</summary>
    public Scores Score(Tensor rows, bool reconstruct, bool measure)
    {
        Tensor input = scaler?.Apply(rows) ?? rows;
        Tensor code = definition.Bottleneck.Code(weights.Encode(input, ForwardMode.Prediction));
        if (!reconstruct && !measure)
            return new Scores(code, null, null);
        Tensor output = definition.Objective.OutputOf(weights, code, ForwardMode.Prediction);
        return new Scores(code,
            reconstruct ? InColumnUnits(definition.Objective.ReconstructionOf(output)) : null,
            measure ? definition.Objective.RowError(input, output) : null);
    }

    /// <summary>Codes <c>[B, Z]</c> to rows in the column's units, <c>[B, D]</c>.</summary>
    public Tensor Decode(Tensor codes) => InColumnUnits(weights.Decode(codes, ForwardMode.Prediction));

    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void RequireAlive() => ObjectDisposedException.ThrowIf(_disposed, typeof(AutoencoderTransformer));

    public void Dispose()
    {
        _disposed = true;
        weights.Dispose();
        scaler?.Dispose();
    }

    private Tensor InColumnUnits(Tensor rows) => scaler?.Undo(rows) ?? rows;
}
