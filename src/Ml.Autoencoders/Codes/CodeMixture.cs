using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Ml.Autoencoders;

/// <summary>
/// A mixture of Gaussians with full covariances: where the codes of some data lie, and how densely. New codes can be
/// drawn from it for any autoencoder, whether or not its training shaped the codes; and another autoencoder with codes
/// of the same size can be trained with it as its prior.
/// </summary>
/// <remarks>
/// p(z) = Σₖ wₖ N(z | μₖ, Σₖ) (Bishop 2006, "Pattern Recognition and Machine Learning", equation 9.7), fitted by
/// expectation-maximization (section 9.2.2) from a start by k-means++ (Arthur and Vassilvitskii 2007). A millionth of
/// the codes' mean variance is added to every variance, so that no component collapses onto a code.
/// </remarks>
public sealed class CodeMixture : CodePrior
{
    /// <summary>Of a tensor of codes by components and dimensions, 8 MiB.</summary>
    private const long MaxNumbers = 1 << 20;

    private readonly double[] _weights;
    private readonly Gaussian[] _components;

    [JsonConstructor]
    internal CodeMixture(IReadOnlyList<double> weights, IReadOnlyList<Gaussian> components)
    {
        _weights = [.. weights];
        _components = [.. components];
        Weights = [.. _weights];
    }

    /// <summary>How many numbers a code has.</summary>
    [JsonIgnore]
    public int CodeSize => _components[0].Mean.Length;

    /// <summary>The share of each component. Where codes repeat, one can be left with none of them: its share is
    /// 0.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The mean of each component, <see cref="CodeSize"/> numbers; a copy.</summary>
    [JsonIgnore]
    public IReadOnlyList<double[]> Means => [.. _components.Select(component => component.Mean.ToArray())];

    /// <summary>The covariance matrix of each component, <see cref="CodeSize"/> rows and columns; a copy.</summary>
    [JsonIgnore]
    public IReadOnlyList<double[,]> Covariances => [.. _components.Select(component => Whole(component.Covariance))];

    /// <summary>Where a seed that is not given comes from.</summary>
    internal Func<int> SeedSource { private get; set; } = Random.Shared.Next;

    [JsonInclude]
    internal IReadOnlyList<Gaussian> Components => _components;

    /// <summary>New codes.</summary>
    /// <param name="count">How many; at most 10,000,000.</param>
    /// <param name="seed">The same seed gives the same codes. Default: another one at every call, drawn
    /// from the context of the autoencoder whose codes it was fitted to; of a mixture from a model file, at
    /// random.</param>
    /// <returns>Each <see cref="CodeSize"/> numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    public float[][] Sample(int count, int? seed = null)
    {
        Require.Within(count, 0, Limits.MadeRows, "CodeMixture.Sample", nameof(count));
        var random = new Random(seed ?? SeedSource());
        var codes = new float[count][];
        for (int n = 0; n < count; n++)
            codes[n] = _components[random.NextIndex(_weights)].Draw(random);
        return codes;
    }

    /// <summary>The natural logarithm of the density at a code: high where codes like it were in the data.</summary>
    /// <param name="code"><see cref="CodeSize"/> finite numbers.</param>
    /// <exception cref="ArgumentException">The code has another length, or a number that is not finite.</exception>
    public double LogDensity(float[] code)
    {
        ArgumentNullException.ThrowIfNull(code);
        RequireCode(code, CodeSize, "The code", nameof(code));
        var log = new double[1];
        LogDensities(CodeBlock.Split([code])[0], log);
        return log[0];
    }

    /// <summary>Number of components, size of the codes, weights.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Components: {_components.Length}, code size: {CodeSize}, weights: " +
        $"{string.Join(", ", _weights.Select(weight => weight.ToString("0.###", CultureInfo.InvariantCulture)))}");

    internal override void Check(Place place)
    {
        if (_components.Length == 0)
            throw place.Error(nameof(Components), "are empty; a mixture has at least one.");
        Require.AtMost(_components.Length, Limits.Components, place, nameof(Components));
        if (_weights.Length != _components.Length)
            throw place.Error(nameof(Weights), $"are {_weights.Length}; there are {_components.Length} components.");
        foreach (double weight in _weights)
            Require.Within(weight, 0, 1, place, nameof(Weights));
        double sum = _weights.Sum();
        if (Math.Abs(sum - 1) > 1e-6)
            throw place.Error(nameof(Weights), FormattableString.Invariant($"add up to {sum}; they must add up to 1."));
        for (int k = 0; k < _components.Length; k++)
        {
            Place component = place.Part(nameof(Components)).At(k);
            // A JSON list can hold null, whatever its type says.
            if (_components[k] is null)
                throw component.Fault("the list holds null where a component must be.");
            _components[k].Check(component, CodeSize);
        }
    }

    internal override string? Misfit(int codeSize) =>
        codeSize == CodeSize ? null : $"is a mixture of codes of {CodeSize} numbers";

    internal override Tensor Draw(long count, int codeSize, Generator random)
    {
        Tensor codes = Normal.Draw(count, codeSize, random);
        Tensor shares = Draws.UniformLike(codes.select(1, 0), random);
        Span<float> numbers = codes.Numbers;
        Span<float> places = shares.Numbers;
        for (int row = 0; row < places.Length; row++)
            ComponentAt(places[row]).Place(numbers.Slice(row * codeSize, codeSize));
        return codes;
    }

    internal override void Draw(Span<float> noise, ulong state)
    {
        NormalNumbers.Fill(noise, ref state);
        ComponentAt(NormalNumbers.Uniform(ref state)).Place(noise);
    }

    /// <summary>
    /// As <see cref="LogDensity(float[])"/>. L⁻¹ (z - μ) of all components is one linear layer over z, in Double: the
    /// sums of squares have their digits also where a covariance is narrow.
    /// </summary>
    internal override Func<Tensor, Tensor> Density(BoundPrior own)
    {
        int[] used = [.. Enumerable.Range(0, _weights.Length).Where(k => _weights[k] > 0)];
        int size = CodeSize;
        var weight = new double[used.Length * size * size];
        var bias = new double[used.Length * size];
        for (int k = 0; k < used.Length; k++)
        {
            Gaussian component = _components[used[k]];
            for (int i = 0; i < size; i++)
            {
                int row = k * size + i;
                component.InverseRoot[i].CopyTo(weight, row * size);
                bias[row] = -TensorPrimitives.Dot<double>(component.InverseRoot[i], component.Mean.AsSpan(0, i + 1));
            }
        }
        double[] peaks = [.. used.Select(k => Math.Log(_weights[k]) + _components[k].Peak)];
        Device device = own.Weights.Device;
        Tensor weights = tensor(weight, [bias.Length, size], dtype: ScalarType.Float64, device: CPU).to(device);
        Tensor biases = tensor(bias, dtype: ScalarType.Float64, device: CPU).to(device);
        Tensor tops = tensor(peaks, dtype: ScalarType.Float64, device: CPU).to(device);
        return z =>
        {
            Tensor codes = z.reshape(-1, size).to(ScalarType.Float64); // [N, Z]
            long block = Math.Max(1, MaxNumbers / bias.Length);
            Tensor[] logs = [.. codes.split(block).Select(part => LogDensity(part, weights, biases, tops))];
            return cat(logs).to(z.dtype).reshape(z.shape[..^1]);
        };
    }

    private protected override IReadOnlyList<object?> Values =>
    [
        .. _weights.Concat(_components.SelectMany(component =>
            component.Mean.Concat(component.Covariance.SelectMany(row => row))))
            .Cast<object?>(),
    ];

    /// <exception cref="ArgumentException">
    /// There are no components or fewer codes than components, or a code is of another length than the first, or not
    /// finite.
    /// </exception>
    internal static CodeMixture Fit(float[][] codes, int components, int seed)
    {
        Require.AtLeast(components, 1, "FitMixture", nameof(components));
        if (codes.Length < components)
            throw new ArgumentException(
                $"{components} components need at least as many rows; there are {codes.Length}.", nameof(codes));
        for (int n = 0; n < codes.Length; n++)
            RequireCode(codes[n], codes[0].Length, $"Code {n}", nameof(codes));
        return new ExpectationMaximization(codes, components, seed).Run();
    }

    /// <summary>The log densities of a block of codes.</summary>
    /// <param name="block">z.</param>
    /// <param name="totals">Receives log p(z) for each code of the block.</param>
    /// <returns>What each component adds to it, log(wₖ N(z | μₖ, Σₖ)), <c>[K][Count]</c>.</returns>
    internal double[][] LogDensities(CodeBlock block, Span<double> totals)
    {
        var logs = new double[_components.Length][];
        for (int k = 0; k < logs.Length; k++)
        {
            logs[k] = new double[block.Count];
            _components[k].LogDensities(block, logs[k]);
            TensorPrimitives.Add(logs[k], Math.Log(_weights[k]), logs[k]);
        }
        for (int n = 0; n < block.Count; n++)
            totals[n] = LogOfSum(logs, n);
        return logs;
    }

    private static Tensor LogDensity(Tensor codes, Tensor weights, Tensor biases, Tensor peaks)
    {
        using DisposeScope scope = NewDisposeScope();
        // [N, K, Z]
        Tensor y = Cpu.Linear(codes, weights, biases, isTraining: false).reshape(codes.shape[0], -1, codes.shape[1]);
        Tensor logs = y.Squared().sum([2]).Over(-2).Plus(peaks); // [N, K]
        return logs.logsumexp(1).MoveToOuterDisposeScope();
    }

    /// <summary>The component that a number from 0 on and below 1 falls to, with its weight as probability.</summary>
    private Gaussian ComponentAt(double share)
    {
        double passed = 0;
        int last = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            if (_weights[k] == 0)
                continue;
            last = k;
            passed += _weights[k];
            if (share < passed)
                break;
        }
        // What rounding leaves above all weights is the last one's.
        return _components[last];
    }

    /// <summary>Densities far below the least double still have logarithms: the greatest is taken out of the
    /// sum.</summary>
    private static double LogOfSum(double[][] logs, int column)
    {
        double greatest = logs.Max(row => row[column]);
        return greatest + Math.Log(logs.Sum(row => Math.Exp(row[column] - greatest)));
    }

    private static void RequireCode(float[] code, int size, string name, string parameter)
    {
        if (code.Length != size)
            throw new ArgumentException($"{name} has {code.Length} numbers; it needs {size}.", parameter);
        int slot = Array.FindIndex(code, number => !float.IsFinite(number));
        if (slot >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: number {slot} is {code[slot]}; it must be finite."), parameter);
    }

    private static double[,] Whole(double[][] lower)
    {
        var matrix = new double[lower.Length, lower.Length];
        for (int i = 0; i < lower.Length; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = lower[i][j];
        }
        return matrix;
    }
}
