using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>How the values of a parameter are drawn before training.</summary>
internal abstract record Initialisation
{
    /// <summary>Fills <paramref name="tensor"/> in place. All randomness comes from <paramref name="random"/>.</summary>
    public abstract void Fill(Tensor tensor, Generator random);

    public static Initialisation Zeros { get; } = new Constant(0);

    public static Initialisation Ones { get; } = new Constant(1);

    /// <summary>
    /// PyTorch's default for linear and convolution layers: uniform on ±1/sqrt(fan-in), which is He's uniform
    /// initialisation with a = sqrt(5) (He et al. 2015, "Delving Deep into Rectifiers", section 2.2).
    /// </summary>
    public static Initialisation FanIn(long fanIn) => new Uniform(1 / Math.Sqrt(fanIn));

    private sealed record Constant(double Value) : Initialisation
    {
        public override void Fill(Tensor tensor, Generator random) => tensor.FillInPlace(Value);
    }

    private sealed record Uniform(double Bound) : Initialisation
    {
        public override void Fill(Tensor tensor, Generator random) => tensor.uniform_(-Bound, Bound, random);
    }
}
