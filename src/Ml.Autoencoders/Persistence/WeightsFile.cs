using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// The numbers of a model as safetensors: the network's weights and, where there is one, the input scaling's.
/// </summary>
internal static class WeightsFile
{
    public static void Write(Stream stream, AutoencoderModel model) =>
        SafeTensorsWriter.Write(stream, model.ToNumbers());

    /// <summary>A model of the definition with the numbers of the file.</summary>
    /// <exception cref="FormatException">The file is damaged or belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The model needs torch, and its native library
    /// does not load.</exception>
    public static AutoencoderModel Read(Stream stream, ModelDefinition definition, Device device)
    {
        AutoencoderFiles.RequireRoom(stream.Length, "The weights");
        var file = new SafeTensorsReader(stream);
        (string Name, long[] Shape)[] expected = [.. Tensors(definition)];
        foreach ((string name, long[] shape) in expected)
            file.Require(name, shape);
        HashSet<string> known = [.. expected.Select(tensor => tensor.Name)];
        if (file.Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new FormatException(
                $"The weights hold a tensor '{Shown.Text(unknown)}' that the network does not have.");

        // Each number is in memory once: in the array or in the tensor that it is computed with.
        if (AutoencoderModel.ObstacleWithoutTorch(definition, device) is { } obstacle)
        {
            TorchLibrary.Load(() => obstacle);
            return new AutoencoderModel(definition,
                ModelTensors.Read(definition, device, (name, values) => file.Read(name, values)), device);
        }
        var numbers = new ModelNumbers();
        foreach ((string name, long[] shape) in expected)
            numbers.Add(name, shape, file.Read(name));
        return new AutoencoderModel(definition, numbers, device);
    }

    /// <summary>The tensors of a model, in the order in which they are written.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Tensors(ModelDefinition definition)
    {
        foreach (ParameterSpec spec in definition.Network.Parameters().Concat(definition.OtherParameters()))
            yield return (spec.Name, spec.Shape);
        if (definition.Scaling == InputScaling.None)
            yield break;
        yield return (InputScaler.OffsetName(InputScaler.InputName), [definition.Network.InputSize]);
        yield return (InputScaler.ScaleName(InputScaler.InputName), [definition.Network.InputSize]);
        if (definition.Target is null)
            yield break;
        yield return (InputScaler.OffsetName(InputScaler.TargetName), [definition.Network.OutputSize]);
        yield return (InputScaler.ScaleName(InputScaler.TargetName), [definition.Network.OutputSize]);
    }
}
