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
[JsonDerivedType(typeof(CausalConvolutionLayer), "causalConvolution")]
[JsonDerivedType(typeof(ReshapeLayer), "reshape")]
[JsonDerivedType(typeof(ConditionedReshapeLayer), "conditionedReshape")]
[JsonDerivedType(typeof(TokenLayer), "token")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(BatchNormLayer), "batchNorm")]
[JsonDerivedType(typeof(LayerNormLayer), "layerNorm")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(ResidualLayer), "residual")]
[JsonDerivedType(typeof(PerStepLayer), "perStep")]
[JsonDerivedType(typeof(PerSegmentLayer), "perSegment")]
[JsonDerivedType(typeof(RecurrentLayer), "recurrent")]
[JsonDerivedType(typeof(UnfoldingLayer), "unfolding")]
[JsonDerivedType(typeof(FeedbackLayer), "feedback")]
internal abstract record Layer
{
    /// <summary>
    /// Whether it joins the numbers of a row; without such a layer, a label after the row stays separate from it.
    /// </summary>
    internal virtual bool JoinsNumbers => false;

    /// <summary>Whether an activation is a part of it, so that its output is one of a
    /// <see cref="HiddenLayer"/>.</summary>
    internal virtual bool IsNonlinear => false;

    /// <summary>Whether it needs more than one row to train on.</summary>
    internal virtual bool NeedsBatch => false;

    /// <summary>Whether it does the same to a number in whatever shape the row is.</summary>
    internal virtual bool IgnoresShape => false;

    /// <summary>Whether it only gives the numbers of a row another shape.</summary>
    internal virtual bool Reshapes => false;

    /// <summary>The sequence or the picture that it makes of a vector; null where it does not.</summary>
    internal virtual Shape? Opens => null;

    /// <summary>Whether it gives a row of the same shape where a label adds to what it takes. Where it does not,
    /// another layer has to join the two before.</summary>
    internal virtual bool TakesLabels => JoinsNumbers;

    /// <summary>Numbers of the one-hot label that it takes after a row, K; 0 where it takes rows alone.</summary>
    internal virtual int LabelsTaken => 0;

    /// <summary>How many tensors <see cref="Parameters"/> lists, whatever the input is.</summary>
    internal virtual int ParameterCount => 0;

    /// <summary>Whether what it gives at a step depends on what was taken of the step before.</summary>
    internal virtual bool FeedsBack => false;

    /// <summary>How deep layers lie in it.</summary>
    internal virtual int Depth => 0;

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

    /// <summary>The most numbers of a row of the shape <paramref name="input"/> that it holds on its way. In floating
    /// point, because it may be more than any integer.</summary>
    internal virtual double NumbersHeld(Shape input) => input.Count;

    /// <summary>The tensors that the layer needs, in the order in which <see cref="Apply"/> takes them.</summary>
    public virtual IReadOnlyList<ParameterSpec> Parameters(Shape input) => [];

    /// <summary>The layer, in any back end: <c>[B, ...input]</c> to <c>[B, ...output]</c>.</summary>
    public abstract T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) where T : struct, IArray<T>;

    /// <summary>The layer that takes a row with a one-hot label of <paramref name="labels"/> numbers after it, where
    /// that is another.</summary>
    internal virtual Layer WithLabels(int labels) => this;

    /// <summary>The layer that gives <paramref name="outputs"/> numbers; null for one that cannot give any
    /// number.</summary>
    internal virtual Layer? WithOutputs(int outputs) => null;

    /// <summary>The layer without an activation at its end, if it has that one; null where nothing remains.</summary>
    internal virtual Layer? WithoutFinal(Activation activation) => this;

    /// <summary>The layer as it has to be where an activation comes after it, at the end.</summary>
    internal virtual Layer Before(Activation activation) => this;

    /// <summary>The layer as it has to be where what the last gives are log-odds of classes.</summary>
    internal virtual Layer OfClasses() => this;

    /// <summary>
    /// The layer that leads back from this one's output to rows of shape <paramref name="input"/>; null for a layer
    /// that only decorates the one before it (activation, normalization, dropout).
    /// </summary>
    public virtual Layer? Mirror(Shape input) => null;

    /// <summary>The same, where more than one layer leads back; none where <see cref="Mirror"/> gives null.</summary>
    internal virtual IReadOnlyList<Layer> Mirrored(Shape input) => Mirror(input) is { } mirror ? [mirror] : [];
}
