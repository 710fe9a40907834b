using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>A definition with its numbers, which encodes, decodes and measures. Knows no columns.</summary>
/// <remarks>
/// The numbers are tensors where the model was trained here, or where its layers or its device need torch. Those of a
/// file are managed arrays as long as a model on the CPU can do without torch, and tensors as soon as something needs
/// it. Owns its tensors. Safe to compute with from several threads once trained, and to dispose meanwhile.
/// </remarks>
internal sealed class AutoencoderModel : IDisposable
{
    private const string DisposedMessage =
        "The autoencoder was disposed. A PredictionEngine disposes the model that it was made from together with " +
            "itself, unless it is made with PredictionEngineOptions.OwnsTransformer = false.";

    /// <summary>Codes that are drawn together.</summary>
    private const int MostDrawn = 1024;

    private readonly Lock _gate = new();
    private ModelNumbers? _numbers;
    private volatile ModelTensors? _tensors;
    private volatile ManagedModel? _managed;
    private volatile bool _disposed;
    private int _users;

    /// <summary>Takes over the tensors.</summary>
    public AutoencoderModel(ModelDefinition definition, BoundNetwork weights, InputScaler? scaler, Device device,
        InputScaler? targetScaler = null)
        : this(definition, new ModelTensors(weights, scaler, targetScaler), device)
    {
    }

    /// <summary>Takes over the tensors.</summary>
    public AutoencoderModel(ModelDefinition definition, ModelTensors tensors, Device device)
        : this(definition, device) => _tensors = tensors;

    /// <summary>The numbers of a model that computes without torch.</summary>
    public AutoencoderModel(ModelDefinition definition, ModelNumbers numbers, Device device)
        : this(definition, device) => _numbers = numbers;

    private AutoencoderModel(ModelDefinition definition, Device device)
    {
        Definition = definition;
        Device = device;
        Obstacle = ObstacleWithoutTorch(definition, device);
    }

    public ModelDefinition Definition { get; }

    public BoundNetwork Weights => Tensors.Weights;

    /// <summary>The prior with the numbers that it owns; null where the objective has none.</summary>
    public BoundPrior? Prior =>
        Definition.Objective.Prior is { } prior ? new(prior, Weights, Definition.Bottleneck) : null;

    public InputScaler? Scaler => Tensors.Scaler;

    /// <summary>That of what is reconstructed, where that is not what is encoded.</summary>
    public InputScaler? TargetScaler => Tensors.TargetScaler;

    public Device Device { get; }

    /// <summary>Whether it can compute without torch.</summary>
    public bool IsManaged => Obstacle is null;

    /// <summary>What of it needs torch; null where it can compute without.</summary>
    public string? Obstacle { get; }

    /// <summary>What of a model needs torch; null where it can compute without.</summary>
    public static string? ObstacleWithoutTorch(ModelDefinition definition, Device device) =>
        device.type == TorchSharp.DeviceType.CPU ? ManagedPlans.Obstacle(definition) : $"the device {device}";

    /// <summary>The model that computes without torch. Made on first use, which must be after training.</summary>
    public ManagedModel Managed
    {
        get
        {
            if (_managed is { } made)
                return made;
            lock (_gate)
                return _managed ??= new ManagedModel(Definition, Numbers());
        }
    }

    public int InputSize => Definition.Network.InputSize;

    public int OutputSize => Definition.Network.OutputSize;

    public int CodeSize => Definition.Network.CodeSize;

    /// <summary>The scores of rows in the column's units, on <see cref="Device"/>.</summary>
    /// <param name="rows">The rows, with labels where there is a condition.</param>
    /// <param name="noise">The noise that codes are drawn with; only where a sample or what is computed from it is
    /// requested.</param>
    /// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is the
    /// reconstruction error.</param>
    /// <param name="seed">The seed that those are drawn from.</param>
    public TorchPrediction Score(RowBatch rows, INoise? noise = null, int draws = 0, int seed = 0) =>
        new(this, rows with { Values = InNetworkUnits(rows.Values) }, noise, draws, seed, rows.Values);

    /// <summary>Codes <c>[B, Z]</c> to rows in the column's units, <c>[B, D']</c>.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="labels">Where there is a condition, <c>[B]</c>.</param>
    /// <param name="noise">What is added to the log-odds of keys that are to be drawn, <c>[B, T V]</c>; null where the
    /// likeliest are wanted.</param>
    public Tensor Decode(Tensor codes, Tensor? labels = null, Tensor? noise = null)
    {
        Likelihood likelihood = Definition.Objective.Likelihood;
        ForwardMode mode = ForwardMode.Prediction;
        TorchArray output = likelihood.OutputOf(Weights,
            codes, noise is null ? mode : mode.Drawing<TorchArray>(noise), labels);
        TorchArray rows = likelihood.ReconstructionOf(noise is null ? output : output + new TorchArray(noise));
        // No key is likeliest where nothing is known.
        if (Definition.Network.Tokens is not null)
            rows = rows.Masked(output.Tensor.isnan().any(1, keepdim: true), 0);
        return ModelUnits.InColumn<TorchArray>(Definition, rows, Find);
    }

    /// <summary>The codes that noise of the prior stands for: S numbers each to Z.</summary>
    public float[][] CodesOf(float[][] noise)
    {
        TorchLibrary.Load();
        using Lease lease = Use();
        using IDisposable inference = inference_mode();
        var codes = new List<float[]>(noise.Length);
        foreach (float[][] block in noise.Chunk(MostDrawn))
        {
            using var scope = NewDisposeScope();
            Tensor values = tensor(block.SelectMany(numbers => numbers).ToArray(), [block.Length, block[0].Length],
                device: CPU);
            BoundPrior prior = Prior!.Value;
            codes.AddRange(prior.Prior.Codes(values.to(Device), prior).ToNumbers().Chunk(CodeSize));
        }
        return [.. codes];
    }

    /// <summary>
    /// Rows as the column has them to what the encoder takes: planar, small where it was trained on pictures that were
    /// made small, and scaled. <c>[B, D]</c>.
    /// </summary>
    public Tensor InNetworkUnits(Tensor rows)
    {
        long size = rows.shape[1];
        rows = Definition.ImageOf(size)?.ToPlanar<TorchArray>(rows) ?? rows;
        if (size != InputSize)
            rows = Definition.Corruption.Reduce(rows, Definition.RowShape);
        return ModelUnits.Scaled<TorchArray>(Definition, rows, Find);
    }

    /// <summary>A tensor of its own, by its name in the model file.</summary>
    public TorchArray Find(string name, params long[] shape) => Tensors.Find(name);

    /// <summary>
    /// Keeps the numbers alive until the returned object is disposed, even if the model is disposed meanwhile.
    /// </summary>
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

    /// <summary>The same numbers once more, to be disposed separately.</summary>
    public AutoencoderModel Copy()
    {
        using Lease lease = Use();
        lock (_gate)
        {
            if (_tensors is not { } tensors)
                return new AutoencoderModel(Definition, Numbers(), Device);
            (BoundNetwork weights, InputScaler? scaler, InputScaler? targetScaler) = tensors.Copy(Device, Definition);
            return new AutoencoderModel(Definition, weights, scaler, Device, targetScaler);
        }
    }

    /// <summary>Every number in managed memory, to be written to a file.</summary>
    public ModelNumbers ToNumbers()
    {
        lock (_gate)
            return Numbers();
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
        _numbers = null;
        _managed = null;
        _tensors?.Dispose();
    }

    private ModelTensors Tensors
    {
        get
        {
            if (_tensors is { } made)
                return made;
            lock (_gate)
            {
                _tensors ??= ModelTensors.Of(Numbers(), Definition, Device);
                _numbers = null; // the tensors hold them now
                return _tensors;
            }
        }
    }

    private ModelNumbers Numbers() =>
        _numbers ?? _tensors?.ToNumbers() ?? throw new ObjectDisposedException(null, DisposedMessage);

    /// <summary>See <see cref="Use"/>.</summary>
    public readonly struct Lease(AutoencoderModel model) : IDisposable
    {
        public void Dispose() => model.Return();
    }
}
