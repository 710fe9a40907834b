using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>How the values of a parameter are drawn before training.</summary>
internal abstract record Initialization
{
    /// <summary>
    /// Fills <paramref name="tensor"/> in place. All randomness comes from <paramref name="random"/>.
    /// </summary>
    public abstract void Fill(Tensor tensor, Generator random);

    public static Initialization Zeros { get; } = new Constant(0);

    public static Initialization Ones { get; } = new Constant(1);

    /// <summary>
    /// PyTorch's default for linear and convolution layers: uniform on ±1/sqrt(fan-in), which is He's uniform
    /// initialization with a = sqrt(5) (He et al. 2015, "Delving Deep into Rectifiers", section 2.2).
    /// </summary>
    public static Initialization FanIn(long fanIn) => new Uniform(1 / Math.Sqrt(fanIn));

    private sealed record Constant(double Value) : Initialization
    {
        public override void Fill(Tensor tensor, Generator random) => tensor.FillInPlace(Value);
    }

    private sealed record Uniform(double Bound) : Initialization
    {
        public override void Fill(Tensor tensor, Generator random) => tensor.uniform_(-Bound, Bound, random);
    }
}
