using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// One layer, as data. The same description computes with tensors and writes itself into an ONNX graph
/// (<see cref="Apply"/>), is written into a model file (its JSON form), draws the summary table
/// (<see cref="object.ToString"/>, <see cref="OutputShape"/>, <see cref="Parameters"/>) and gives its mirror for a
/// decoder.
/// </summary>
/// <remarks>
/// A layer owns no tensors. It lists the ones it needs and computes with those that it is given, so that weights are
/// made from a passed generator, never from torch's global one, and can be checked against a file before they exist.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "layer")]
[JsonDerivedType(typeof(LinearLayer), "linear")]
[JsonDerivedType(typeof(ConvolutionLayer), "convolution")]
[JsonDerivedType(typeof(TransposedConvolutionLayer), "transposedConvolution")]
[JsonDerivedType(typeof(ReshapeLayer), "reshape")]
[JsonDerivedType(typeof(ConditionedReshapeLayer), "conditionedReshape")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(BatchNormLayer), "batchNorm")]
[JsonDerivedType(typeof(LayerNormLayer), "layerNorm")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
internal abstract record Layer
{
    /// <summary>Checks the layer's own numbers, whatever its input is.</summary>
    /// <exception cref="ArgumentException">One is not valid, and a caller gave it.</exception>
    /// <exception cref="FormatException">One is not valid, and is from a file.</exception>
    public virtual void Check(Place place)
    {
    }

    /// <summary>The shape of a row after the layer, whose own numbers are valid.</summary>
    /// <exception cref="NetworkException">The layer does not take rows of the shape
    /// <paramref name="input"/>.</exception>
    public abstract Shape OutputShape(Shape input);

    /// <summary>The tensors that the layer needs, in the order in which <see cref="Apply"/> takes them.</summary>
    public virtual IReadOnlyList<ParameterSpec> Parameters(Shape input) => [];

    /// <summary>The layer, in any back end: <c>[B, ...input]</c> to <c>[B, ...output]</c>.</summary>
    public abstract T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) where T : struct, IArray<T>;

    /// <summary>
    /// The layer that leads back from this one's output to rows of shape <paramref name="input"/>; null for a layer
    /// that only decorates the one before it (activation, normalization, dropout).
    /// </summary>
    public virtual Layer? Mirror(Shape input) => null;
}
