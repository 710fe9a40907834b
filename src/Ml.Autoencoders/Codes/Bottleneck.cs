using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>The kind of code: the step between encoder and decoder.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "bottleneck")]
[JsonDerivedType(typeof(DeterministicBottleneck), "deterministic")]
[JsonDerivedType(typeof(GaussianBottleneck), "gaussian")]
[JsonDerivedType(typeof(HypersphericalBottleneck), "hyperspherical")]
[JsonDerivedType(typeof(VectorQuantizedBottleneck), "vectorQuantized")]
internal abstract record Bottleneck
{
    /// <summary>Checks that it can make codes of <paramref name="codeSize"/> numbers.</summary>
    /// <exception cref="ArgumentException">It cannot, and a caller asked for it.</exception>
    /// <exception cref="FormatException">It cannot, and is from a file.</exception>
    public virtual void Check(Place place, int codeSize)
    {
    }

    /// <summary>How many numbers the encoder has to give for a code of <paramref name="codeSize"/>.</summary>
    public abstract int EncoderOutputs(int codeSize);

    /// <summary>The tensors that it holds itself.</summary>
    public virtual IReadOnlyList<ParameterSpec> Parameters(int codeSize) => [];

    /// <summary>The encoder's output as everything here and elsewhere reads it: <c>[B, encoder outputs]</c> to the same
    /// shape.</summary>
    public virtual T Read<T>(T encoded) where T : struct, IArray<T> => encoded;

    /// <summary>The same of one row in managed memory, in place.</summary>
    protected virtual void Read(Span<float> encoded)
    {
    }

    /// <summary>How many numbers <see cref="Reader"/> writes for a row: the code, and those of other columns.</summary>
    public virtual int ReadSize(int codeSize) => EncoderOutputs(codeSize);

    /// <summary>What reads rows in managed memory.</summary>
    /// <param name="find">Its own numbers by name.</param>
    public virtual CodeReader Reader(Func<string, float[]> find) => (encoded, read) =>
    {
        encoded.CopyTo(read);
        Read(read);
    };

    /// <summary>The codes of prediction: the encoder's output as it was read, <c>[B, encoder outputs]</c> to
    /// <c>[B, Z]</c>.</summary>
    public abstract T Code<T>(T encoded, WeightFinder<T> find) where T : struct, IArray<T>;

    /// <summary>Where codes lie.</summary>
    public virtual CodeSpace Space => CodeSpace.Flat;

    /// <summary>Whether a code is a random variable, q(z|x): then <see cref="Posterior"/> is one.</summary>
    public virtual bool HasPosterior => false;

    /// <summary>Whether that is a normal variable whose numbers are independent of each other.</summary>
    public virtual bool HasIndependentNumbers => false;

    /// <summary>q(z|x), of the encoder's output as it was read; null where codes are not random, or not in this back
    /// end.</summary>
    public virtual Posterior<T>? Posterior<T>(T encoded) where T : struct, IArray<T> => null;

    /// <summary>Whether codes can be drawn, and compared with a prior, in managed memory.</summary>
    public virtual bool DrawsManaged(CodePrior? prior) => false;

    /// <summary>The columns that such codes have besides the code itself.</summary>
    public virtual IReadOnlyList<CodeColumn> Columns(int codeSize) => [];

    /// <summary>
    /// What is trained where a fit resumes from one with <paramref name="begun"/>, an older form perhaps.
    /// </summary>
    public virtual Bottleneck AsBegun(Bottleneck begun) => this;

    /// <summary>The codes of training where they are not random, through which gradients reach the encoder:
    /// <c>[B, encoder outputs]</c> to <c>[B, Z]</c>.</summary>
    /// <param name="encoded">The encoder's output as it was read.</param>
    /// <param name="weights">Where its own tensors are.</param>
    /// <param name="mode">Whether what it holds may move, too; not so when the loss is only measured.</param>
    /// <param name="noise">What it draws from.</param>
    public virtual Tensor Draw(Tensor encoded, BoundNetwork weights, ForwardMode mode, Generator noise) =>
        Code(new TorchArray(encoded), weights.Find);
}
