using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>A definition with its numbers: what encodes, decodes and measures. Knows no columns.</summary>
/// <remarks>Owns its tensors. Safe to compute with from several threads once trained, and to dispose meanwhile.</remarks>
internal sealed class AutoencoderModel(ModelDefinition definition, NetworkWeights weights, InputScaler? scaler, Device device,
    InputScaler? targetScaler = null) : IDisposable
{
    private const string DisposedMessage =
        "The autoencoder was disposed. A PredictionEngine disposes the model that it was made from together with itself, " +
        "unless it is made with PredictionEngineOptions.OwnsTransformer = false.";

    private readonly Lock _gate = new();
    private volatile bool _disposed;
    private int _users;

    public ModelDefinition Definition => definition;

    public NetworkWeights Weights => weights;

    public InputScaler? Scaler => scaler;

    /// <summary>That of what is reconstructed, where that is not what is encoded.</summary>
    public InputScaler? TargetScaler => targetScaler;

    public Device Device => device;

    public int InputSize => definition.Network.InputSize;

    public int OutputSize => definition.Network.OutputSize;

    public int CodeSize => definition.Network.CodeSize;

    /// <summary>What is asked of rows in the column's units, on <see cref="Device"/>.</summary>
    /// <param name="rows">The rows, with labels where there is a condition.</param>
    /// <param name="noise">Standard normal numbers, <c>[B, Z]</c>; only where a sample is asked for.</param>
    /// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is the reconstruction error.</param>
    /// <param name="seed">What those are drawn from.</param>
    public Scores Score(RowBatch rows, Tensor? noise = null, int draws = 0, int seed = 0) =>
        new(this, rows with { Values = InNetworkUnits(rows.Values) }, noise, draws, seed);

    /// <summary>Codes <c>[B, Z]</c> to rows in the column's units, <c>[B, D']</c>.</summary>
    public Tensor Decode(Tensor codes, Tensor? labels = null) => InColumnUnits(weights.Decode(codes, ForwardMode.Prediction, labels));

    /// <summary>Rows as the column has them to what the encoder takes: planar, small where it was trained on pictures that
    /// were made small, and scaled. <c>[B, D]</c>.</summary>
    public Tensor InNetworkUnits(Tensor rows)
    {
        long size = rows.shape[1];
        rows = definition.ImageOf(size)?.ToPlanar(rows) ?? rows;
        if (size != InputSize)
            rows = definition.Corruption.Reduce(rows, definition.RowShape);
        return scaler?.Apply(rows) ?? rows;
    }

    /// <summary>What the decoder gives to rows as the column of reconstructions has them: <c>[B, D']</c>.</summary>
    public Tensor InColumnUnits(Tensor rows)
    {
        (InputScaler? scaling, ImageFormat? image) = definition.Target is { } target ? (targetScaler, target.Image) : (scaler, definition.Image);
        rows = scaling?.Undo(rows) ?? rows;
        rows = definition.Range?.Hold(rows) ?? rows;
        return image?.FromPlanar(rows) ?? rows;
    }

    /// <summary>Keeps the numbers alive until what is given back is disposed, whoever disposes the model meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public Lease Use()
    {
        lock (_gate)
        {
            RequireAlive();
            _users++;
        }
        return new Lease(this);
    }

    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void RequireAlive()
    {
        if (_disposed)
            throw new ObjectDisposedException(null, DisposedMessage);
    }

    /// <summary>The same numbers once more, to be disposed on their own.</summary>
    public AutoencoderModel Copy()
    {
        using Lease lease = Use();
        NetworkWeights copy = NetworkWeights.Create(definition.Network, device, (spec, tensor) => tensor.copy_(weights[spec.Name]), definition.OtherParameters());
        return new AutoencoderModel(definition, copy, scaler?.To(device), device, targetScaler?.To(device));
    }

    /// <summary>Refuses further use, and frees the numbers as soon as nobody computes with them.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_users == 0)
                Free();
        }
    }

    private void Return()
    {
        lock (_gate)
        {
            _users--;
            if (_disposed && _users == 0)
                Free();
        }
    }

    private void Free()
    {
        weights.Dispose();
        scaler?.Dispose();
        targetScaler?.Dispose();
    }

    /// <summary>See <see cref="Use"/>.</summary>
    public readonly struct Lease(AutoencoderModel model) : IDisposable
    {
        public void Dispose() => model.Return();
    }
}
