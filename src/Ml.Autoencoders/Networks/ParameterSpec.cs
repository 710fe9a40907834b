using System.Globalization;

namespace Ml.Autoencoders.Networks;

/// <summary>One tensor that a layer holds, described before it exists.</summary>
/// <param name="Name">The name that PyTorch's module of the same kind gives it: <c>weight</c>,
/// <c>running_mean</c>.</param>
/// <param name="Shape">Its sizes, as PyTorch orders them.</param>
/// <param name="InitialValues">What it holds before training.</param>
/// <param name="IsTrained">False for a buffer: kept with the weights, but moved by no gradient.</param>
internal sealed record ParameterSpec(string Name, long[] Shape, Initialization InitialValues, bool IsTrained = true)
{
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <exception cref="NetworkException">It would be larger than an array can be.</exception>
    public void RequireBuildable()
    {
        // In floating point, because impossible sizes may overflow an integer.
        double count = Shape.Aggregate(1.0, (product, size) => product * size);
        if (count > Limits.Numbers)
            throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"its '{Name}' would hold {count:N0} numbers, more than the {Limits.Numbers:N0} that a tensor can be " +
                $"saved with."));
    }
}
