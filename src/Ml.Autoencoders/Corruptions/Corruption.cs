using System.Text.Json.Serialization;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders;

/// <summary>
/// How rows are corrupted before the encoder gets them in training; the clean ones are reconstructed (Vincent et al.
/// 2010, "Stacked Denoising Autoencoders", section 3.3).
/// </summary>
/// <remarks>
/// Drawn afresh for every batch; never applied when the trained transformer encodes. Amounts are in the units that the
/// network gets: those of the input column, or of the scaled input where an input scaling is set. <see cref="Warp"/>
/// and <see cref="Downscale"/> need to know the picture: by the dimensions of the input column, or by
/// <see cref="AutoencoderModelOptions.Image"/>.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "corruption")]
[JsonDerivedType(typeof(NoCorruption), "none")]
[JsonDerivedType(typeof(GaussianNoise), "gaussian")]
[JsonDerivedType(typeof(MaskingNoise), "masking")]
[JsonDerivedType(typeof(SaltAndPepperNoise), "saltAndPepper")]
[JsonDerivedType(typeof(Clipping), "clip")]
[JsonDerivedType(typeof(AffineWarp), "warp")]
[JsonDerivedType(typeof(Downscaling), "downscale")]
[JsonDerivedType(typeof(SwapNoise), "swap")]
[JsonDerivedType(typeof(CorruptionChain), "chain")]
public abstract class Corruption : IByValue
{
    private protected Corruption()
    {
    }

    IReadOnlyList<object?> IByValue.Values => Values;

    /// <summary>All its values.</summary>
    private protected abstract IReadOnlyList<object?> Values { get; }

    /// <summary>Whether both are of the same kind and have the same numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Corruption? left, Corruption? right) => ByValue.Same(left, right);

    /// <summary>Whether they are of different kinds or have different numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Corruption? left, Corruption? right) => !(left == right);

    /// <summary>The row as it is.</summary>
    public static Corruption None { get; } = new NoCorruption();

    /// <summary>Adds normal noise to every slot: x + N(mean, standardDeviation²).</summary>
    /// <param name="standardDeviation">At least 0.</param>
    /// <param name="mean">Any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Corruption Gaussian(float standardDeviation, float mean = 0) =>
        Checked(new GaussianNoise(standardDeviation, mean), nameof(Gaussian));

    /// <summary>Sets each slot to 0 with a probability. Where <see cref="AutoencoderModelOptions.MissingValues"/> are
    /// left out, such a slot is also marked as missing.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Corruption Masking(float probability) => Checked(new MaskingNoise(probability), nameof(Masking));

    /// <summary>Sets each slot, with a probability, to <paramref name="pepper"/> or to <paramref name="salt"/>, each as
    /// likely as the other.</summary>
    /// <param name="probability">Between 0 and 1.</param>
    /// <param name="pepper">The lowest value of a slot.</param>
    /// <param name="salt">The highest value of a slot; at least <paramref name="pepper"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Corruption SaltAndPepper(float probability, float pepper = 0, float salt = 1) =>
        Checked(new SaltAndPepperNoise(probability, pepper, salt), nameof(SaltAndPepper));

    /// <summary>
    /// Replaces each value, with a probability, by the value that another training row has in the same slot, so that
    /// every value is one that occurs and only how values go together is disturbed. The usual noise for tables
    /// (M. Jahrer 2017; Yoon et al. 2020, "VIME", NeurIPS; Bahri et al. 2022, "SCARF", ICLR).
    /// </summary>
    /// <remarks>
    /// The other row is one of the same batch, each as likely, and never the row itself, so that batches need at least
    /// two rows. Each value is drawn by itself, but slots of one group move together, from the same row: the one-hot
    /// columns of a category stay one-hot. A fit finds the groups in the input column, where ML.NET's
    /// <c>OneHotEncoding</c>, <c>OneHotHashEncoding</c> and <c>MapKeyToVector</c> have noted them and
    /// <c>Concatenate</c> has kept that (the annotation <c>CategoricalSlotRanges</c>); normalizers and
    /// <c>ReplaceMissingValues</c> do not keep it, so put them before <c>Concatenate</c>, or give the groups here.
    /// What is reconstructed and the label of a condition stay.
    /// </remarks>
    /// <param name="probability">Between 0 and 1; 0.15 is usual.</param>
    /// <param name="groups">The slots that move together, as <c>3..7</c> for the slots 3 to 6, for a column that does
    /// not say so itself, instead of what it says; none for those of the column. Only for rows that are not
    /// pictures.</param>
    /// <exception cref="ArgumentNullException"><paramref name="groups"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1, or a group is empty,
    /// overlaps another or counts slots from the end.</exception>
    public static Corruption Swap(float probability, params Range[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (Range range in groups)
        {
            if (range.Start.IsFromEnd || range.End.IsFromEnd)
                throw Place.Call($"{nameof(Corruption)}.{nameof(Swap)}").Error(nameof(groups),
                    $"holds the slots {range}; slots must be counted from the start.");
        }
        return Checked(new SwapNoise(probability, [.. groups.Select(SlotGroup.Of)]), nameof(Swap));
    }

    /// <summary>Holds each slot between two bounds. After Gaussian noise it makes the noise of a camera that records
    /// nothing darker than black: <c>Corruption.Gaussian(0.5f).Then(Corruption.Clip())</c>.</summary>
    /// <param name="min">The lower bound.</param>
    /// <param name="max">The upper bound; at least <paramref name="min"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Corruption Clip(float min = 0, float max = 1) =>
        Checked(new Clipping(min, max), nameof(Clip));

    /// <summary>
    /// Moves the pixels of each picture by a separate affine map, every part of it uniform between plus and minus
    /// its amount; the picture as it was is the target. A code then describes what is drawn rather than where and how
    /// it lies, which is worth more to a classifier than any other corruption (Simard et al. 2003, "Best Practices for
    /// Convolutional Neural Networks", distort training pictures this way).
    /// </summary>
    /// <remarks>The map gives for each place in the new picture where in the old one its pixel comes from. Pixels are
    /// interpolated bilinearly; what comes from beyond an edge is the pixel at the edge.</remarks>
    /// <param name="rotation">The greatest angle in radians, between 0 and π, about the middle.</param>
    /// <param name="scale">The greatest change, as a share, of the size of what the map takes from the old picture; at
    /// least 0, below 1. With 0.4 what is drawn comes out between 1 / 1.4 and 1 / 0.6 of its size.</param>
    /// <param name="shift">The greatest move in each direction of the place that the middle is taken from, as a share
    /// of half the old picture; between 0 and 1.</param>
    /// <param name="shear">The greatest slant: the sideways move, in heights, of what is one height up;
    /// between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Corruption Warp(float rotation = 0.3f, float scale = 0.3f, float shift = 0.2f, float shear = 0) =>
        Checked(new AffineWarp(rotation, scale, shift, shear), nameof(Warp));

    /// <summary>
    /// Makes pictures smaller by a whole factor: each new pixel is the mean of factor x factor old ones. The network
    /// then takes small pictures and gives large ones (super-resolution): a trained stage enlarges the column of small
    /// pictures that it is given, and one of large pictures is made small first.
    /// </summary>
    /// <param name="factor">At least 2, at most 65,536; height and width have to be multiples of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of its range.</exception>
    public static Corruption Downscale(int factor) => Checked(new Downscaling(factor), nameof(Downscale));

    /// <summary>This corruption, and then another.</summary>
    /// <param name="next">The corruption of what this one gives.</param>
    /// <exception cref="ArgumentNullException"><paramref name="next"/> is null.</exception>
    public Corruption Then(Corruption next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new CorruptionChain([.. Links, .. next.Links]);
    }

    /// <summary>Whether the other is of the same kind and has the same numbers.</summary>
    /// <param name="obj">The other.</param>
    public sealed override bool Equals(object? obj) => ByValue.Same(this, obj as Corruption);

    /// <summary>The same number for all that are equal.</summary>
    public sealed override int GetHashCode() => ByValue.Hash(this);

    /// <summary>The kind, with its numbers.</summary>
    public override string ToString() => ByValue.Text(this);

    /// <summary>Whether it needs to know what picture a row is.</summary>
    [JsonIgnore]
    internal virtual bool NeedsImage => false;

    /// <summary>Whether it changes the shape of a row.</summary>
    [JsonIgnore]
    internal virtual bool Reduces => false;

    /// <summary>Rows of a batch that it needs to change anything.</summary>
    [JsonIgnore]
    internal virtual int MinRows => 1;

    /// <summary>Whether it has use for the groups of slots that the input column names.</summary>
    [JsonIgnore]
    internal virtual bool TakesGroups => false;

    /// <summary>Itself, or the steps of a chain.</summary>
    [JsonIgnore]
    internal virtual IReadOnlyList<Corruption> Links => [this];

    /// <summary>Checks its numbers.</summary>
    /// <exception cref="ArgumentException">One is not valid, and a caller gave it.</exception>
    /// <exception cref="FormatException">One is not valid, and is from a file.</exception>
    internal virtual void Check(Place place)
    {
    }

    /// <summary>The same corruption for rows with groups of slots, where <see cref="TakesGroups"/>.</summary>
    internal virtual Corruption For(IReadOnlyList<SlotGroup> groups) => this;

    /// <summary>The shape of its output for rows of a shape.</summary>
    /// <exception cref="NetworkException">Rows of that shape cannot be corrupted so.</exception>
    internal virtual Shape Leaves(Shape shape) => shape;

    /// <summary>A corrupted copy of <paramref name="rows"/>, <c>[B, D]</c>, which stay as they are.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="shape">The shape of each: a vector, or a planar picture.</param>
    /// <param name="random">What is drawn from.</param>
    internal abstract Tensor Apply(Tensor rows, Shape shape, Generator random);

    /// <summary>
    /// What is done in prediction too, to rows as they were in training: only making them smaller.
    /// </summary>
    internal virtual Tensor Reduce(Tensor rows, Shape shape) => rows;

    /// <summary>The same of one row in managed memory, which stays as it is.</summary>
    internal virtual float[] Reduce(float[] row, Shape shape) => row;

    private static Corruption Checked(Corruption corruption, string method)
    {
        corruption.Check(Place.Call($"{nameof(Corruption)}.{method}"));
        return corruption;
    }
}
