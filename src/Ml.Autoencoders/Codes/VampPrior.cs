using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>See <see cref="CodePrior.Vamp"/>.</summary>
/// <param name="pseudoInputs">How many, K.</param>
internal sealed class VampPrior(int pseudoInputs) : CodePrior
{
    private const string InputsName = "prior.pseudoInputs";

    /// <summary>The least share of each of its two rows in a blend: so it is neither of them.</summary>
    private const double MinShare = 0.25;

    /// <summary>Of a tensor of codes by components, 8 MiB.</summary>
    private const long MaxNumbers = 1 << 20;

    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    public int PseudoInputs => pseudoInputs;

    internal override string Learned => $"{nameof(CodePrior)}.{nameof(Vamp)}";

    internal override void Check(Place place) =>
        Require.Within(PseudoInputs, 1, Limits.Components, place, nameof(PseudoInputs));

    internal override IReadOnlyList<ParameterSpec> Parameters(NetworkPlan network) =>
        [new(InputsName, [PseudoInputs, network.Encoder.InputShape.Count], Initialization.Zeros)];

    /// <summary>Blends of random pairs of the first rows: near the rows that the encoder will get, and no actual row
    /// is in the model.</summary>
    internal override void Begin(Tensor rows, BoundPrior own, Generator random)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        var count = (int)rows.shape[0];
        float[] uniform = Draws.Uniform([3 * PseudoInputs], ScalarType.Float32, CPU, random).ToNumbers();
        long[] first = [.. Chunk(0).Select(number => (long)((double)number * count))];
        // Another row than the first, where there is another.
        long[] second =
            [.. Chunk(1).Zip(first, (number, one) => (one + 1 + (long)((double)number * (count - 1))) % count)];
        Tensor share = tensor([.. Chunk(2).Select(number => (float)(MinShare + (1 - 2 * MinShare) * number))],
            [PseudoInputs, 1], device: CPU).to(rows.device);
        Tensor others = count > 1 ? RowsAt(second) : zeros_like(RowsAt(first));
        own.Weights[InputsName].copy_((RowsAt(first) * share).Plus(others * share.neg().Plus(1)));

        IEnumerable<float> Chunk(int part) => uniform.Skip(part * PseudoInputs).Take(PseudoInputs);
        Tensor RowsAt(long[] indices) => rows.index_select(0, tensor(indices, device: CPU).to(rows.device));
    }

    /// <summary>Standard normal numbers, and after them one for the component: at least 0 and at most 1.</summary>
    internal override int NoiseSize(int codeSize) => codeSize + 1;

    internal override Tensor Draw(long count, int codeSize, Generator random) => cat(
        [Normal.Draw(count, codeSize, random), Draws.Uniform([count, 1], ScalarType.Float32, CPU, random)], 1);

    internal override void Draw(Span<float> noise, ulong state)
    {
        NormalNumbers.Fill(noise[..^1], ref state);
        noise[^1] = (float)NormalNumbers.Uniform(ref state);
    }

    internal override Tensor Codes(Tensor noise, BoundPrior own)
    {
        long codeSize = noise.shape[1] - 1;
        DiagonalGaussian<TorchArray> components = Components(own);
        // A number just below 1 may be 1 as a Single.
        Tensor chosen = noise.select(1, codeSize).Times(PseudoInputs).Clamped(0, PseudoInputs - 1).to(ScalarType.Int64);
        var component = new DiagonalGaussian<TorchArray>(
            components.Mean.Rows(chosen), components.LogVariance.Rows(chosen));
        return component.Sample(noise.narrow(1, 0, codeSize));
    }

    /// <summary>
    /// ln (1/K) Σ_k N(z; μ_k, σ_k²) with μ and σ² of q(z|u_k) (Tomczak and Welling 2018, "VAE with a VampPrior",
    /// equation 9). The exponents of all components are one linear layer over z² and z, in Double: in Single their
    /// terms, which are large where σ² is small, would leave no digits of the sum.
    /// </summary>
    internal override Func<Tensor, Tensor> Density(BoundPrior own)
    {
        DiagonalGaussian<TorchArray> components = Components(own);
        Tensor mean = components.Mean.Tensor.to(ScalarType.Float64);               // [K, Z]
        Tensor logVariance = components.LogVariance.Tensor.to(ScalarType.Float64);
        Tensor precision = logVariance.neg().exp();
        Tensor scaled = mean * precision;
        Tensor weight = cat([precision.Over(-2), scaled], 1);               // [K, 2Z]
        Tensor bias = (mean * scaled).Plus(logVariance).Plus(LogTwoPi).sum([1]).Over(-2).Minus(Math.Log(PseudoInputs));
        return z =>
        {
            Tensor codes = z.reshape(-1, z.shape[^1]).to(ScalarType.Float64); // [N, Z]
            long block = Math.Max(1, MaxNumbers / PseudoInputs);
            Tensor[] logs = [.. codes.split(block).Select(part => LogDensity(part, weight, bias))];
            return cat(logs).to(z.dtype).reshape(z.shape[..^1]);
        };
    }

    private static Tensor LogDensity(Tensor codes, Tensor weight, Tensor bias)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor exponents = Cpu.Linear(cat([codes.Squared(), codes], 1), weight, bias, isTraining: false); // [N, K]
        return exponents.logsumexp(1).MoveToOuterDisposeScope();
    }

    /// <summary>q(z|u) of every pseudo-input: <c>[K, Z]</c>.</summary>
    private static DiagonalGaussian<TorchArray> Components(BoundPrior own) =>
        (DiagonalGaussian<TorchArray>)own.Encode(own.Weights[InputsName]);

    private protected override IReadOnlyList<object?> Values => [PseudoInputs];
}
