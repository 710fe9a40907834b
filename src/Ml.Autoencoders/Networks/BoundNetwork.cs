using Ml.Autoencoders.Arrays;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// The tensors of a <see cref="NetworkPlan"/>, with those that bottleneck and objective learn besides, and the
/// computation of encoder and decoder.
/// </summary>
/// <remarks>
/// Immutable once trained, so any number of threads may compute with it. The tensors belong to this object and to no
/// dispose scope, whichever scopes the caller has open.
/// </remarks>
internal sealed class BoundNetwork : IDisposable
{
    private readonly ParameterSpec[] _specs;
    private readonly Parameter[] _tensors;
    private readonly Dictionary<string, Parameter> _byName;
    private readonly BoundStack _encoder;
    private readonly BoundStack _decoder;

    private BoundNetwork(NetworkPlan plan, ParameterSpec[] specs, Parameter[] tensors)
    {
        Plan = plan;
        _specs = specs;
        _tensors = tensors;
        _byName = specs.Zip(tensors).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
        Find = (name, _) => _byName[name];
        _encoder = Bind(plan.Encoder, NetworkPlan.EncoderName);
        _decoder = Bind(plan.Decoder, NetworkPlan.DecoderName);
    }

    public NetworkPlan Plan { get; }

    /// <summary>Where the tensors are.</summary>
    public Device Device => _tensors.Length == 0 ? CPU : _tensors[0].device;

    /// <summary>
    /// Every tensor with its description: those of <see cref="NetworkPlan.Parameters"/>, then the others.
    /// </summary>
    public IEnumerable<(ParameterSpec Spec, Parameter Tensor)> Named => _specs.Zip(_tensors);

    /// <summary>The tensors that gradients move.</summary>
    public IEnumerable<Parameter> Trained => Named.Where(named => named.Spec.IsTrained).Select(named => named.Tensor);

    /// <summary>The tensor of a full name: <c>codebook.weight</c>.</summary>
    public Parameter this[string name] => _byName[name];

    /// <summary>The same, for formulas of any back end.</summary>
    public WeightFinder<TorchArray> Find { get; }

    /// <summary>Fresh weights. They are drawn on the CPU, so that a seed gives the same ones on every device.</summary>
    public static BoundNetwork Initialize(NetworkPlan plan, Generator random, Device device,
        params IEnumerable<ParameterSpec> others) =>
        Create(plan, device, (spec, tensor) => spec.InitialValues.Fill(tensor, random), others);

    /// <summary>Weights whose values <paramref name="fill"/> writes, one CPU tensor after the other.</summary>
    public static BoundNetwork Create(NetworkPlan plan, Device device, Action<ParameterSpec, Tensor> fill,
        params IEnumerable<ParameterSpec> others)
    {
        ParameterSpec[] specs = [.. plan.Parameters(), .. others];
        var tensors = new List<Parameter>();
        try
        {
            foreach (ParameterSpec spec in specs)
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable noGrad = no_grad();
                Tensor values = empty(spec.Shape, dtype: ScalarType.Float32, device: CPU);
                fill(spec, values);
                var parameter = new Parameter(values.to(device), spec.IsTrained);
                tensors.Add((Parameter)parameter.DetachFromDisposeScope());
            }
            return new BoundNetwork(plan, specs, [.. tensors]);
        }
        catch
        {
            tensors.ForEach(tensor => tensor.Dispose());
            throw;
        }
    }

    /// <summary>
    /// The tensors that gradients move and whose name starts with one of the <paramref name="prefixes"/> and a dot.
    /// </summary>
    public IEnumerable<Parameter> TrainedIn(params string[] prefixes) =>
        Named.Where(named => named.Spec.IsTrained
            && prefixes.Contains(named.Spec.Name.Split('.')[0], StringComparer.Ordinal))
            .Select(named => named.Tensor);

    /// <summary>A stack whose tensors are among these.</summary>
    public BoundStack Bind(LayerStack stack, string prefix) => new(stack, prefix, name => _byName[name]);

    /// <summary>Rows <c>[B, D]</c> to what the bottleneck takes, <c>[B, encoder outputs]</c>.</summary>
    /// <param name="values">The rows.</param>
    /// <param name="mode">Training or prediction.</param>
    /// <param name="labels">Where there is a condition, <c>[B]</c>.</param>
    public Tensor Encode(Tensor values, ForwardMode mode, Tensor? labels = null) =>
        EncodeWhole(Conditioned(values, labels), mode);

    /// <summary>As <see cref="Encode"/>, of rows with all that goes with them after their numbers: where values are
    /// missing, if they may be, and the condition.</summary>
    public Tensor EncodeWhole(Tensor values, ForwardMode mode, HiddenOutputs<TorchArray>? hidden = null) =>
        _encoder.Run(values, mode, hidden);

    /// <summary>Codes <c>[B, Z]</c> to rows <c>[B, D]</c>.</summary>
    /// <inheritdoc cref="Encode"/>
    public Tensor Decode(Tensor code, ForwardMode mode, Tensor? labels = null) =>
        _decoder.Run(Conditioned(code, labels), mode);

    /// <summary>
    /// As <see cref="Decode"/>, stopped before a sigmoid at the end: <c>[B, D]</c> log-odds. The likelihood of a
    /// Bernoulli variable is computed from these without the rounding of 1 - sigmoid(x).
    /// </summary>
    public Tensor DecodeToLogits(Tensor code, ForwardMode mode, Tensor? labels = null) =>
        _decoder.RunToLast(Conditioned(code, labels), mode);

    /// <summary>Whether every number is finite.</summary>
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

    /// <summary>Each row followed by its one-hot label: <c>[B, n]</c>, <c>[B]</c> to <c>[B, n + K]</c>.</summary>
    public Tensor Conditioned(Tensor values, Tensor? labels) => labels is null
        ? values
        : cat([values, OneHot(labels).to(values.dtype)], 1);

    /// <summary>Each label as numbers, of which one is 1: <c>[B]</c> to <c>[B, K]</c>.</summary>
    public Tensor OneHot(Tensor labels) => nn.functional.one_hot(labels, Plan.ConditionSize);
}
