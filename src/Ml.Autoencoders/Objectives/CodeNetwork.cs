using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>A dense network beside encoder and decoder, which reads codes and is not used after the fit.</summary>
/// <param name="Name">The prefix of the names of its tensors.</param>
/// <param name="Sizes">The sizes of its layers, from the code on; at least one, the last that of its output.</param>
/// <param name="Activation">Between layers.</param>
internal sealed record CodeNetwork(string Name, IReadOnlyList<int> Sizes, Activation Activation)
{
    /// <summary>Its tensors, for codes of <paramref name="codeSize"/>.</summary>
    public IEnumerable<ParameterSpec> Parameters(int codeSize) => Stack(codeSize).Parameters(Name);

    /// <summary>Checks that its tensors can be made.</summary>
    /// <param name="place">Where the sizes are from.</param>
    /// <param name="option">What they are called there.</param>
    /// <param name="given">What was given there.</param>
    /// <param name="codeSize">Numbers in a code.</param>
    public void Check(Place place, string option, IReadOnlyList<int> given, int codeSize)
    {
        try
        {
            foreach (ParameterSpec spec in Parameters(codeSize))
                spec.RequireBuildable();
        }
        catch (NetworkException error)
        {
            throw place.Error(option, $"is {Shown.List(given)}; {error.Message}");
        }
    }

    /// <summary><c>[B, Z]</c> to <c>[B, size of the last layer]</c>.</summary>
    public Tensor Run(Tensor codes, TrainingPass pass) =>
        pass.Network.Bind(Stack((int)codes.shape[1]), Name).Run(codes, pass.Mode);

    private LayerStack Stack(int codeSize)
    {
        var input = new LayerStack(Shape.Vector(codeSize), []);
        return Sizes.SkipLast(1)
            .Aggregate(input, (stack, size) => stack.EndingInLinear(size).Append(new ActivationLayer(Activation)))
            .EndingInLinear(Sizes[^1]);
    }
}
