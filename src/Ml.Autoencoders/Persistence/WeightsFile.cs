using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>The numbers of a model as safetensors: the network's weights and, where there is one, the input scaling's.</summary>
internal static class WeightsFile
{
    public static void Write(Stream stream, AutoencoderModel model)
    {
        var tensors = new List<(string, Tensor)>();
        foreach ((ParameterSpec spec, var values) in model.Weights.Named)
            tensors.Add((spec.Name, values));
        foreach ((string prefix, InputScaler? scaler) in new[] { (InputScaler.InputName, model.Scaler), (InputScaler.TargetName, model.TargetScaler) })
        {
            if (scaler is null)
                continue;
            tensors.Add((InputScaler.OffsetName(prefix), scaler.Offset));
            tensors.Add((InputScaler.ScaleName(prefix), scaler.Scale));
        }
        SafeTensorsWriter.Write(stream, tensors);
    }

    /// <summary>A model of the definition with the numbers of the file.</summary>
    /// <exception cref="FormatException">The file is damaged or belongs to another network.</exception>
    public static AutoencoderModel Read(Stream stream, ModelDefinition definition, Device device)
    {
        var file = new SafeTensorsReader(stream);
        var scalers = new List<(string Prefix, int Size)>();
        if (definition.Scaling != InputScaling.None)
            scalers.Add((InputScaler.InputName, definition.Network.InputSize));
        if (definition.Scaling != InputScaling.None && definition.Target is not null)
            scalers.Add((InputScaler.TargetName, definition.Network.OutputSize));

        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (ParameterSpec spec in definition.Network.Parameters().Concat(definition.OtherParameters()))
        {
            file.Require(spec.Name, spec.Shape);
            expected.Add(spec.Name);
        }
        foreach ((string prefix, int size) in scalers)
        {
            foreach (string name in new[] { InputScaler.OffsetName(prefix), InputScaler.ScaleName(prefix) })
            {
                file.Require(name, [size]);
                expected.Add(name);
            }
        }
        if (file.Names.FirstOrDefault(name => !expected.Contains(name)) is { } unknown)
            throw new FormatException($"The weights hold a tensor '{unknown}' that the network does not have.");

        NetworkWeights weights = NetworkWeights.Create(definition.Network, device,
            (spec, tensor) => file.Read(spec.Name, tensor), definition.OtherParameters());
        var read = new List<InputScaler>();
        try
        {
            foreach ((string prefix, int size) in scalers)
                read.Add(ReadScaler(file, prefix, size, device));
            return new AutoencoderModel(definition, weights, read.ElementAtOrDefault(0), device, read.ElementAtOrDefault(1));
        }
        catch
        {
            weights.Dispose();
            read.ForEach(scaler => scaler.Dispose());
            throw;
        }
    }

    private static InputScaler ReadScaler(SafeTensorsReader file, string prefix, int size, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor offset = empty([size], dtype: ScalarType.Float32, device: CPU);
        Tensor scale = empty([size], dtype: ScalarType.Float32, device: CPU);
        file.Read(InputScaler.OffsetName(prefix), offset);
        file.Read(InputScaler.ScaleName(prefix), scale);
        return new InputScaler(offset.to(device), scale.to(device));
    }
}
