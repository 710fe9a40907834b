using Ml.Autoencoders.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>Moves a group of weights down the gradient of a loss.</summary>
internal sealed class WeightUpdate : IDisposable
{
    private readonly Parameter[] _weights;
    private readonly float? _clipNorm;
    private readonly IWeightOptimizer _optimizer;

    public WeightUpdate(IEnumerable<Parameter> weights, TrainingOptions options, Device device)
    {
        _weights = [.. weights];
        _clipNorm = options.GradientClipNorm;
        _optimizer = device.type == DeviceType.CPU
            ? new ManagedAdam(_weights, options.ChosenOptimizer, options.WeightDecay)
            : new TensorAdam(_weights, options.ChosenOptimizer, options.WeightDecay);
    }

    /// <summary>What the optimizer remembers.</summary>
    public AdamState State => _optimizer.State;

    /// <summary>One step against the gradient of <paramref name="loss"/>, a scalar.</summary>
    public void Apply(Tensor loss, double learningRate)
    {
        ForgetGradients();
        BackwardPass.Run(loss);
        if (_clipNorm is { } norm)
            nn.utils.clip_grad_norm_(_weights, norm);
        _optimizer.Step(learningRate);
    }

    public void Dispose()
    {
        ForgetGradients();
        _optimizer.Dispose();
    }

    /// <summary>Backward then writes gradients instead of clearing them first and adding to zeros.</summary>
    private void ForgetGradients()
    {
        foreach (Parameter weight in _weights)
            weight.grad = null;
    }
}
