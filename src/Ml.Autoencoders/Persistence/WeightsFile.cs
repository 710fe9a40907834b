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
        if (model.Scaler is { } scaler)
        {
            tensors.Add((InputScaler.OffsetName, scaler.Offset));
            tensors.Add((InputScaler.ScaleName, scaler.Scale));
        }
        SafeTensorsWriter.Write(stream, tensors);
    }

    /// <summary>A model of the definition with the numbers of the file.</summary>
    /// <exception cref="FormatException">The file is damaged or belongs to another network.</exception>
    public static AutoencoderModel Read(Stream stream, ModelDefinition definition, Device device)
    {
        var file = new SafeTensorsReader(stream);
        bool hasScaler = definition.Scaling != InputScaling.None;
        long[] row = [definition.Network.InputSize];

        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (ParameterSpec spec in definition.Network.Parameters().Concat(definition.OtherParameters()))
        {
            file.Require(spec.Name, spec.Shape);
            expected.Add(spec.Name);
        }
        if (hasScaler)
        {
            foreach (string name in new[] { InputScaler.OffsetName, InputScaler.ScaleName })
            {
                file.Require(name, row);
                expected.Add(name);
            }
        }
        if (file.Names.FirstOrDefault(name => !expected.Contains(name)) is { } unknown)
            throw new FormatException($"The weights hold a tensor '{unknown}' that the network does not have.");

        NetworkWeights weights = NetworkWeights.Create(definition.Network, device,
            (spec, tensor) => file.Read(spec.Name, tensor), definition.OtherParameters());
        try
        {
            return new AutoencoderModel(definition, weights, hasScaler ? ReadScaler(file, row, device) : null, device);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static InputScaler ReadScaler(SafeTensorsReader file, long[] row, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor offset = empty(row, dtype: ScalarType.Float32, device: CPU);
        Tensor scale = empty(row, dtype: ScalarType.Float32, device: CPU);
        file.Read(InputScaler.OffsetName, offset);
        file.Read(InputScaler.ScaleName, scale);
        return new InputScaler(offset.to(device), scale.to(device));
    }
}
