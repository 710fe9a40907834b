using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>The numbers of a model as tensors on a device: what torch trains and computes with.</summary>
/// <param name="Weights">Those of the network, and of what learns besides it.</param>
/// <param name="Scaler">The scaling of what is encoded, where there is one.</param>
/// <param name="TargetScaler">The scaling of what is reconstructed, where that is not what is encoded.</param>
internal sealed record ModelTensors(BoundNetwork Weights, InputScaler? Scaler,
    InputScaler? TargetScaler) : IDisposable
{
    /// <exception cref="InvalidOperationException">The native torch library does not load.</exception>
    public static ModelTensors Of(ModelNumbers numbers, ModelDefinition definition, Device device) =>
        Read(definition, device, (name, values) => numbers[name].CopyTo(values));

    /// <summary>Tensors that each get their numbers where they lie.</summary>
    /// <param name="definition">The definition of the tensors.</param>
    /// <param name="device">Where they go, one after the other.</param>
    /// <param name="read">Writes the numbers of a name.</param>
    /// <exception cref="InvalidOperationException">The native torch library does not load.</exception>
    public static ModelTensors Read(ModelDefinition definition, Device device, NumbersReader read)
    {
        TorchLibrary.Load();
        // Whatever mode the caller is in: tensors of inference mode could not be used outside of it.
        using IDisposable normal = inference_mode(false);
        BoundNetwork weights = BoundNetwork.Create(definition.Network, device,
            (spec, tensor) => read(spec.Name, tensor.Numbers), definition.OtherParameters());
        InputScaler? scaler = null;
        try
        {
            bool isScaled = definition.Scaling != InputScaling.None;
            scaler = isScaled ? MakeScaler(InputScaler.InputName, definition.Network.InputSize, device, read) : null;
            return new ModelTensors(weights, scaler,
                isScaled && definition.Target is not null
                    ? MakeScaler(InputScaler.TargetName, definition.Network.OutputSize, device, read)
                    : null);
        }
        catch
        {
            scaler?.Dispose();
            weights.Dispose();
            throw;
        }
    }

    /// <summary>One of them, by its name in the model file.</summary>
    public Tensor Find(string name) => Scaler?.Find(InputScaler.InputName, name)
        ?? TargetScaler?.Find(InputScaler.TargetName, name) ?? Weights[name];

    /// <summary>The same numbers in managed memory.</summary>
    public ModelNumbers ToNumbers()
    {
        var numbers = new ModelNumbers();
        foreach ((ParameterSpec spec, Tensor values) in Weights.Named)
            numbers.Add(spec.Name, spec.Shape, values.ToNumbers());
        foreach ((string prefix, InputScaler? scaler) in new[]
        {
            (InputScaler.InputName, Scaler),
            (InputScaler.TargetName, TargetScaler),
        })
        {
            if (scaler is null)
                continue;
            numbers.Add(InputScaler.OffsetName(prefix), scaler.Offset.shape, scaler.Offset.ToNumbers());
            numbers.Add(InputScaler.ScaleName(prefix), scaler.Scale.shape, scaler.Scale.ToNumbers());
        }
        return numbers;
    }

    public ModelTensors Copy(Device device, ModelDefinition definition) => new(
        BoundNetwork.Create(definition.Network, device, (spec, tensor) => tensor.copy_(Weights[spec.Name]),
            definition.OtherParameters()),
        Scaler?.To(device), TargetScaler?.To(device));

    public void Dispose()
    {
        Weights.Dispose();
        Scaler?.Dispose();
        TargetScaler?.Dispose();
    }

    private static InputScaler MakeScaler(string prefix, int size, Device device, NumbersReader read)
    {
        using var scope = NewDisposeScope();
        return new InputScaler(Slots(InputScaler.OffsetName(prefix)), Slots(InputScaler.ScaleName(prefix)));

        Tensor Slots(string name)
        {
            Tensor slots = empty([size], dtype: ScalarType.Float32, device: CPU);
            read(name, slots.Numbers);
            return slots.to(device);
        }
    }

    /// <summary>Writes the numbers of a name to where they belong.</summary>
    internal delegate void NumbersReader(string name, Span<float> values);
}
