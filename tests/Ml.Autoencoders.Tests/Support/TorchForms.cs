using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>What is written for any back end, with tensors or as nodes of a graph.</summary>
internal static class TorchForms
{
    extension(Layer layer)
    {
        public Tensor Forward(Tensor input, IReadOnlyList<Tensor> weights, ForwardMode mode) =>
            layer.Apply<TorchArray>(input, [.. weights.Select(weight => new TorchArray(weight))], mode);
    }

    extension(LayerStack stack)
    {
        public OnnxValue Export(OnnxValue input, string prefix) => stack.Apply(
            new OnnxArray(input, stack.InputShape.WithBatch()), prefix,
            (name, shape) => new OnnxArray(input.Graph.Weight(name, shape), shape)).Value;
    }

    extension(Likelihood likelihood)
    {
        public Tensor ReconstructionOf(Tensor output) => likelihood.ReconstructionOf<TorchArray>(output);

        public Tensor SlotErrors(Tensor target, Tensor output) => likelihood.SlotErrors<TorchArray>(target, output);

        public Tensor RowError(Tensor target, Tensor output) => likelihood.RowError<TorchArray>(target, output);
    }

    extension(LogVarianceBounds bounds)
    {
        public Tensor Hold(Tensor numbers) => bounds.Hold<TorchArray>(numbers);
    }

    extension(TorchArray array)
    {
        public float[] Floats() => array.Tensor.Floats();

        public double[] Doubles() => array.Tensor.Doubles();
    }

    extension(Bottleneck bottleneck)
    {
        public Tensor Read(Tensor encoded) => bottleneck.Read<TorchArray>(encoded);

        public Tensor Code(Tensor encoded, BoundNetwork? weights) =>
            bottleneck.Code<TorchArray>(encoded, weights?.Find!);

        public Posterior<TorchArray>? Posterior(Tensor encoded) => bottleneck.Posterior<TorchArray>(encoded);
    }

    extension(ImageFormat image)
    {
        public Tensor ToPlanar(Tensor rows) => image.ToPlanar<TorchArray>(rows);

        public Tensor FromPlanar(Tensor rows) => image.FromPlanar<TorchArray>(rows);
    }

    extension(InputScaler scaler)
    {
        public Tensor Undo(Tensor rows) => new TorchArray(rows).TimesPlus(scaler.Scale, scaler.Offset);
    }
}
