using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Dropout (Srivastava et al. 2014): in training each number is set to 0 with probability <paramref name="Rate"/> and
/// the rest are divided by 1 - Rate; in prediction nothing happens.
/// </summary>
internal sealed record DropoutLayer(float Rate) : Layer
{
    public override void Check(Place place) => Require.BelowOne(Rate, place, nameof(Rate));

    public override Shape OutputShape(Shape input) => input;

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode)
    {
        if (mode.Random is not { } random)
            return input;
        Tensor kept = Draws.BernoulliLike(input, 1 - Rate, random);
        return (input * kept).Over(1 - Rate);
    }

    public override OnnxValue Export(OnnxValue input, IReadOnlyList<OnnxValue> parameters) => input;

    public override string ToString() => FormattableString.Invariant($"Dropout({Rate})");
}
