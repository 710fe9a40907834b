using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>A prior with the numbers that it owns, beside an encoder of linear layers.</summary>
internal sealed class OwnedPrior : IDisposable
{
    private readonly BoundNetwork _weights;

    /// <param name="prior">The prior.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    /// <param name="spread">Weights are uniform between minus this and this; null for those that a fit begins
    /// with.</param>
    /// <param name="network">Encodes rows of 3 numbers. Default: one linear layer.</param>
    /// <param name="inputs">Numbers in a row.</param>
    /// <param name="labels">Of the condition.</param>
    public OwnedPrior(CodePrior prior, int codeSize, double? spread = null, Network? network = null,
        int inputs = 3, int labels = 0)
    {
        NetworkPlan plan = (network ?? Network.Dense()).Plan(inputs, 2 * codeSize, codeSize,
            endInSigmoid: false, labels);
        using var random = new Generator(3);
        _weights = BoundNetwork.Create(plan, CPU, (spec, tensor) =>
        {
            if (spread is { } most && !spec.Name.Contains("running", StringComparison.Ordinal))
                tensor.uniform_(-most, most, random);
            else
                spec.InitialValues.Fill(tensor, random);
        }, prior.Parameters(plan));
        Bound = new BoundPrior(prior, _weights, new GaussianBottleneck());
    }

    public BoundPrior Bound { get; }

    public BoundNetwork Weights => _weights;

    /// <summary>Codes of the noise of so many managed draws.</summary>
    public Tensor Draw(int count, int codeSize)
    {
        int size = Bound.Prior.NoiseSize(codeSize);
        var noise = new float[count * size];
        for (int i = 0; i < count; i++)
            Bound.Prior.Draw(noise.AsSpan(i * size, size), (ulong)i * 0x9E3779B97F4A7C15 + 77);
        return Bound.Prior.Codes(tensor(noise, [count, size]), Bound);
    }

    public void Dispose() => _weights.Dispose();
}
