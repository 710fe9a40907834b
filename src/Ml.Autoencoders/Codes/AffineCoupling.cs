using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// One half of a code is scaled and shifted by numbers that a small network makes of the other half, which stays: so
/// the step can be undone whatever the network computes, and the determinant of its Jacobian is the product of the
/// scales (Dinh et al. 2017, "Density estimation using Real NVP", equations 4 to 8).
/// </summary>
/// <param name="CodeSize">Numbers in a code, Z.</param>
/// <param name="Hidden">Numbers in each of the network's two hidden layers.</param>
/// <param name="MovesSecond">Whether the second half is what moves; the first otherwise.</param>
internal readonly record struct AffineCoupling(int CodeSize, int Hidden, bool MovesSecond)
{
    /// <summary>The most that the logarithm of a scale can be, so that no product of scales overflows.</summary>
    private const double MaxLogScale = 2;

    /// <summary>The first half has the smaller number.</summary>
    private int First => CodeSize / 2;

    private int Given => MovesSecond ? First : CodeSize - First;

    private int Moved => CodeSize - Given;

    /// <summary>From the half that stays to logarithms of scales, and shifts: <c>[N, given]</c> to
    /// <c>[N, 2 moved]</c>.</summary>
    public LayerStack Network => new(Shape.Vector(Given),
    [
        new LinearLayer(Hidden), new ActivationLayer(Activation.Relu),
        new LinearLayer(Hidden), new ActivationLayer(Activation.Relu),
        new LinearLayer(2 * Moved),
    ]);

    /// <summary>Those of the network; the last layer begins at 0, so that nothing moves.</summary>
    public IEnumerable<ParameterSpec> Parameters(string prefix)
    {
        LayerStack network = Network;
        string last = $"{prefix}.{network.Layers.Count - 1}.";
        return network.Parameters(prefix).Select(spec => spec.Name.StartsWith(last, StringComparison.Ordinal)
            ? spec with { InitialValues = Initialization.Zeros }
            : spec);
    }

    /// <summary>One step toward the noise, with ln |det| of its Jacobian: <c>[N, Z]</c> to <c>[N, Z]</c> and
    /// <c>[N]</c>.</summary>
    public (Tensor Moved, Tensor LogDeterminant) Forward(Tensor z, BoundStack network)
    {
        (Tensor given, Tensor moved) = Halves(z);
        (Tensor logScale, Tensor shift) = ScaleAndShift(given, network);
        return (Whole(given, (moved * logScale.exp()).Plus(shift)), logScale.sum([1]));
    }

    /// <summary>The step back: <c>[N, Z]</c> to <c>[N, Z]</c>.</summary>
    public Tensor Inverse(Tensor z, BoundStack network)
    {
        (Tensor given, Tensor moved) = Halves(z);
        (Tensor logScale, Tensor shift) = ScaleAndShift(given, network);
        return Whole(given, (moved - shift) * logScale.neg().exp());
    }

    private (Tensor LogScale, Tensor Shift) ScaleAndShift(Tensor given, BoundStack network)
    {
        // In prediction's way in training as well: a row has the same bits among others as alone.
        Tensor numbers = network.Run(given, ForwardMode.Prediction); // [N, 2 moved]
        Tensor logScale = numbers.narrow(1, 0, Moved).Over(MaxLogScale).tanh().Times(MaxLogScale);
        return (logScale, numbers.narrow(1, Moved, Moved));
    }

    private (Tensor Given, Tensor Moved) Halves(Tensor z)
    {
        Tensor first = z.narrow(1, 0, First);
        Tensor second = z.narrow(1, First, CodeSize - First);
        return MovesSecond ? (first, second) : (second, first);
    }

    private Tensor Whole(Tensor given, Tensor moved) => cat(MovesSecond ? [given, moved] : [moved, given], 1);
}
