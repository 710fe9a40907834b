using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>The numbers of a model as tensors on a device: what torch trains and computes with.</summary>
/// <param name="Weights">Those of the network, and of what learns beside it.</param>
/// <param name="Scaler">That of what is encoded, where there is one.</param>
/// <param name="TargetScaler">That of what is reconstructed, where that is not what is encoded.</param>
internal sealed record ModelTensors(NetworkWeights Weights, InputScaler? Scaler, InputScaler? TargetScaler) : IDisposable
{
    /// <exception cref="InvalidOperationException">The native torch library does not load.</exception>
    public static ModelTensors Of(ModelNumbers numbers, ModelDefinition definition, Device device)
    {
        TorchLibrary.Load();
        // Whatever the caller is in: tensors of inference mode could not be used outside of it.
        using IDisposable normal = inference_mode(false);
        NetworkWeights weights = NetworkWeights.Create(definition.Network, device, (spec, tensor) => Fill(tensor, numbers[spec.Name]), definition.OtherParameters());
        try
        {
            return new ModelTensors(weights, MakeScaler(numbers, InputScaler.InputName, device), MakeScaler(numbers, InputScaler.TargetName, device));
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The same numbers in managed memory.</summary>
    public ModelNumbers ToNumbers()
    {
        var numbers = new ModelNumbers();
        foreach ((ParameterSpec spec, Tensor values) in Weights.Named)
            numbers.Add(spec.Name, spec.Shape, values.ToNumbers());
        foreach ((string prefix, InputScaler? scaler) in new[] { (InputScaler.InputName, Scaler), (InputScaler.TargetName, TargetScaler) })
        {
            if (scaler is null)
                continue;
            numbers.Add(InputScaler.OffsetName(prefix), scaler.Offset.shape, scaler.Offset.ToNumbers());
            numbers.Add(InputScaler.ScaleName(prefix), scaler.Scale.shape, scaler.Scale.ToNumbers());
        }
        return numbers;
    }

    public ModelTensors Copy(Device device, ModelDefinition definition) => new(
        NetworkWeights.Create(definition.Network, device, (spec, tensor) => tensor.copy_(Weights[spec.Name]), definition.OtherParameters()),
        Scaler?.To(device), TargetScaler?.To(device));

    public void Dispose()
    {
        Weights.Dispose();
        Scaler?.Dispose();
        TargetScaler?.Dispose();
    }

    private static InputScaler? MakeScaler(ModelNumbers numbers, string prefix, Device device)
    {
        if (numbers.Find(InputScaler.OffsetName(prefix)) is not { } offset)
            return null;
        using var scope = NewDisposeScope();
        float[] scale = numbers[InputScaler.ScaleName(prefix)];
        return new InputScaler(tensor(offset, [offset.Length], device: device), tensor(scale, [scale.Length], device: device));
    }

    private static void Fill(Tensor tensor, float[] values) => values.CopyTo(tensor.Numbers);
}
