using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Corruptions;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// The slots of a table's row: numbers, each a normal variable as in <see cref="GaussianLikelihood"/>, and categories,
/// each a categorical variable (<see cref="CategoryClasses"/>). Errors are deviances, twice the distance in nats from a
/// perfect reconstruction, times σ²: the squared error of a number, and -2σ² ln p of a category's class. So -ln p(x|z)
/// = Σ_d e_d / 2σ² + (N/2) ln(2πσ²), with N numbers.
/// </summary>
/// <param name="Slots">Slots of a row, D.</param>
/// <param name="Categories">The slots of each category, in ascending order.</param>
/// <param name="Variance">σ².</param>
internal sealed record MixedLikelihood(int Slots, IReadOnlyList<SlotGroup> Categories, float Variance = 1) : Likelihood
{
    [JsonIgnore]
    public override SlotColumns Columns { get; } = new(Slots, Categories ?? []);

    public IReadOnlyList<SlotGroup> Categories { get; } = EqualList<SlotGroup>.Of(Categories);

    [JsonIgnore]
    public override bool NeedsUnitInterval => false;

    private CategoryClasses Classes => new(Columns);

    /// <summary>ln(2πσ²).</summary>
    private double LogConstant => Math.Log(2 * Math.PI * Variance);

    public override void Check(Place place)
    {
        Require.Within(Slots, 1, Limits.Width, place, nameof(Slots));
        Require.NotNull(Categories, place, nameof(Categories));
        string? fault = Categories is [] ? "is empty; it must have a category."
            : SlotGroup.Fault(Categories)
            ?? (Categories[^1].End > Slots ? $"holds the slots {Categories[^1]}, and a row has {Slots}." : null);
        if (fault is not null)
            throw place.Error(nameof(Categories), fault);
        if (Columns.Count * (long)Slots > Limits.TableNumbers)
            throw place.Error(nameof(Slots), FormattableString.Invariant(
                $"is {Slots}, in {Columns.Count} columns; beside categories the product must be at most ") +
                FormattableString.Invariant($"{Limits.TableNumbers:N0}."));
        Require.Above(Variance, 0, place, place.IsEntry ? nameof(Variance) : "OutputVariance");
    }

    public override T ReconstructionOf<T>(T output)
    {
        T numbers = output * output.Constant(Columns.AreNumbers, Slots);
        T probabilities = (-Classes.Surprise(output).OfSlots).Exp();
        return numbers + probabilities * output.Constant(Columns.AreCategories, Slots);
    }

    public override Span<float> ReconstructionOf(Span<float> output)
    {
        foreach (SlotGroup category in Categories)
        {
            Span<float> slots = output.Slice(category.First, category.Count);
            CategoryClasses.Surprise(slots);
            Elementwise.Apply(slots, default(Likely));
        }
        return output;
    }

    /// <summary>
    /// The error of a class is at its slot; that of none in equal parts at all slots of the category. What lies beyond
    /// 0 and 1 counts as far as it does.
    /// </summary>
    public override T SlotErrors<T>(T target, T output)
    {
        (T ofSlots, T ofNone) = Classes.Surprise(output);
        T known = target.Clamped(0, 1) * target.Constant(Columns.AreCategories, Slots);
        // None is as much there as the slots of the category leave.
        T none = Columns.Spread((-Columns.SumsOfCategories(known) + 1).AtLeast(0), shared: true);
        T center = output * output.Constant(Columns.AreNumbers, Slots) + known;
        return center.SquaredDistance(target) + (ofSlots * known + ofNone * none) * (2.0 * Variance);
    }

    public override void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors)
    {
        output.CopyTo(errors);
        Elementwise.Apply(errors, target, default(SquaredError));
        foreach (SlotGroup category in Categories)
        {
            Span<float> slots = errors.Slice(category.First, category.Count);
            ReadOnlySpan<float> values = target.Slice(category.First, category.Count);
            output.Slice(category.First, category.Count).CopyTo(slots);
            double ofNone = CategoryClasses.Surprise(slots);
            float none = 1;
            foreach (float value in values)
                none -= Math.Clamp(value, 0, 1);
            double share = Math.Max(none, 0) / category.Count;
            for (int slot = 0; slot < slots.Length; slot++)
            {
                double known = Math.Clamp(values[slot], 0, 1), beyond = values[slot] - known;
                slots[slot] = (float)(beyond * beyond
                    + (slots[slot] * known + ofNone * share) * (2.0 * Variance));
            }
        }
    }

    /// <summary>The mean error of a category where its classes are always said to be as likely as they are often
    /// there.</summary>
    /// <param name="shares">How often each slot is 1.</param>
    public double ErrorOfShares(ReadOnlySpan<double> shares) => 2.0 * Variance * CategoryClasses.Entropy(shares);

    public override T LogProbability<T>(T rowError, long size, WeightFinder<T> find) =>
        (rowError / Variance + LogConstant * Columns.Numbers / Columns.Count) * (-0.5 * Columns.Count);

    /// <summary>Errors are in proportion to the columns that are there, the constant to the numbers that are.</summary>
    public override T Part<T>(GappedRows<T> rows, T whole)
    {
        if (rows.Gaps is not { } gaps)
            return whole;
        T missing = gaps.AsNumbers();
        T numbers = (missing * missing.Constant(Columns.AreNumbers, Slots)).Sum(-1);
        T columns = (missing * missing.Constant(Columns.Shares, Slots)).Sum(-1);
        return rows.Part(whole) + (numbers - columns * ((double)Columns.Numbers / Columns.Count)) * (0.5 * LogConstant);
    }

    public override double Part(ReadOnlySpan<float> gaps, double whole)
    {
        (double numbers, double columns) = (0, 0);
        for (int slot = 0; slot < gaps.Length; slot++)
        {
            numbers += gaps[slot] * Columns.AreNumbers[slot];
            columns += gaps[slot] * Columns.Shares[slot];
        }
        return base.Part(gaps, whole) + (numbers - columns * Columns.Numbers / Columns.Count) * (0.5 * LogConstant);
    }

    protected override Tensor OutputOfMean(Tensor mean)
    {
        float[] output = mean.cpu().data<float>().ToArray();
        foreach (SlotGroup category in Categories)
            CategoryClasses.Logits(output.AsSpan(category.First, category.Count));
        return tensor(output, mean.shape, device: CPU).to(mean.device);
    }

    private readonly struct Likely : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => (-x).Exp();
    }
}
