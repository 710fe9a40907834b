using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>
/// Passes through a network that does nothing: its encoder gives what it is given, its decoder always 0.
/// </summary>
internal static class Passes
{
    /// <summary>The network, with the tensors of whatever stands beside it.</summary>
    public static BoundNetwork Network(int encoderOutputs, int codeSize, int rowSize, Likelihood likelihood,
        params IEnumerable<ParameterSpec> others)
    {
        var decoder = new LayerStack(Shape.Vector(codeSize), [new LinearLayer(rowSize)]);
        if (likelihood.NeedsUnitInterval)
            decoder = decoder.Append(new ActivationLayer(Activation.Sigmoid));
        var plan = new NetworkPlan(new LayerStack(Shape.Vector(encoderOutputs), []), decoder);
        using var random = new Generator(5);
        return BoundNetwork.Create(plan, CPU, (spec, tensor) =>
        {
            if (spec.Name.StartsWith("decoder", StringComparison.Ordinal))
                tensor.zero_();
            else
                spec.InitialValues.Fill(tensor, random);
        }, [.. others, .. likelihood.Parameters]);
    }

    /// <summary>A pass of rows whose encodings are given.</summary>
    public static TrainingPass Make(BoundNetwork network, Bottleneck bottleneck, Likelihood likelihood, Tensor target,
        Tensor encoded,
        Generator noise, ForwardMode? mode = null, TrainingMoment? moment = null) =>
        new(network, bottleneck, likelihood, new RowBatch(target), () => encoded, mode ?? ForwardMode.Training(noise),
            noise)
        {
            Moment = moment,
        };
}
