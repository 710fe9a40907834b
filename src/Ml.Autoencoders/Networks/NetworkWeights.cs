using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>The tensors of a <see cref="NetworkPlan"/>, and the computation with them.</summary>
/// <remarks>
/// Immutable once trained, so any number of threads may compute with it. The tensors belong to this object and to no
/// dispose scope, whichever scopes the caller has open.
/// </remarks>
internal sealed class NetworkWeights : IDisposable
{
    private readonly Parameter[] _tensors;
    private readonly BoundLayer[] _encoder;
    private readonly BoundLayer[] _decoder;

    private NetworkWeights(NetworkPlan plan, Parameter[] tensors)
    {
        Plan = plan;
        _tensors = tensors;
        int next = 0;
        _encoder = Bind(plan.Encoder, ref next);
        _decoder = Bind(plan.Decoder, ref next);
    }

    public NetworkPlan Plan { get; }

    /// <summary>Every tensor with its description, in the order of <see cref="NetworkPlan.Parameters"/>.</summary>
    public IEnumerable<(ParameterSpec Spec, Parameter Tensor)> Named => Plan.Parameters().Zip(_tensors);

    /// <summary>The tensors that gradients move.</summary>
    public IEnumerable<Parameter> Trained => Named.Where(named => named.Spec.IsTrained).Select(named => named.Tensor);

    /// <summary>Fresh weights. They are drawn on the CPU, so that a seed gives the same ones on every device.</summary>
    public static NetworkWeights Initialise(NetworkPlan plan, Generator random, Device device) =>
        Create(plan, device, (spec, tensor) => spec.InitialValues.Fill(tensor, random));

    /// <summary>Weights whose values <paramref name="fill"/> writes, one CPU tensor after the other.</summary>
    public static NetworkWeights Create(NetworkPlan plan, Device device, Action<ParameterSpec, Tensor> fill)
    {
        var tensors = new List<Parameter>();
        try
        {
            foreach (ParameterSpec spec in plan.Parameters())
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable noGrad = no_grad();
                Tensor values = empty(spec.Shape, dtype: ScalarType.Float32, device: CPU);
                fill(spec, values);
                var parameter = new Parameter(values.to(device), spec.IsTrained);
                tensors.Add((Parameter)parameter.DetachFromDisposeScope());
            }
            return new NetworkWeights(plan, [.. tensors]);
        }
        catch
        {
            tensors.ForEach(tensor => tensor.Dispose());
            throw;
        }
    }

    /// <summary><c>[B, D]</c> to what the bottleneck takes, <c>[B, encoder outputs]</c>.</summary>
    public Tensor Encode(Tensor input, ForwardMode mode) => Run(_encoder, input, mode);

    /// <summary>Codes <c>[B, Z]</c> to rows <c>[B, D]</c>.</summary>
    public Tensor Decode(Tensor code, ForwardMode mode) => Run(_decoder, code, mode);

    /// <summary>
    /// As <see cref="Decode"/>, stopped before a sigmoid at the end: <c>[B, D]</c> log-odds. The likelihood of a Bernoulli
    /// variable is computed from these without the rounding of 1 - sigmoid(x).
    /// </summary>
    public Tensor DecodeToLogits(Tensor code, ForwardMode mode) => Run(_decoder.AsSpan()[..^1], code, mode);

    /// <summary>Whether every number is one.</summary>
    public bool AreFinite()
    {
        using DisposeScope scope = NewDisposeScope();
        return _tensors.All(tensor => tensor.isfinite().all().item<bool>());
    }

    /// <summary>A copy of every tensor's values, on the same device.</summary>
    public WeightSnapshot Snapshot() => new(_tensors);

    public void Dispose()
    {
        foreach (Parameter tensor in _tensors)
            tensor.Dispose();
    }

    private BoundLayer[] Bind(LayerStack stack, ref int next)
    {
        var bound = new BoundLayer[stack.Layers.Count];
        for (int i = 0; i < bound.Length; i++)
        {
            int count = stack.Layers[i].Parameters(stack.LayerInputs[i]).Count;
            bound[i] = new BoundLayer(stack.Layers[i], [.. _tensors.AsSpan(next, count)]);
            next += count;
        }
        return bound;
    }

    private static Tensor Run(ReadOnlySpan<BoundLayer> layers, Tensor values, ForwardMode mode)
    {
        foreach (BoundLayer layer in layers)
            values = layer.Layer.Forward(values, layer.Parameters, mode);
        return values;
    }

    private readonly record struct BoundLayer(Layer Layer, IReadOnlyList<Tensor> Parameters);
}
