using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Definitions;

/// <summary>
/// Statistics of each slot of rows that come in parts: the least and the greatest number, and, where requested, mean
/// and deviation. They are those of the values that are there.
/// </summary>
/// <remarks>Parts are joined as Chan, Golub and LeVeque 1979 ("Updating Formulae and a Pairwise Algorithm for Computing
/// Sample Variances", equations 1.5) do; in float64, because sums of many float32 squares lose digits.</remarks>
/// <param name="withMoments">Whether means and deviations are requested.</param>
/// <param name="withGaps">Whether values may be missing, which are NaN.</param>
internal sealed class SlotStatistics(bool withMoments, bool withGaps = false) : IDisposable
{
    private Tensor? _least;
    private Tensor? _greatest;
    private Tensor? _mean;
    private Tensor? _squares;
    private Tensor? _counts;

    /// <summary><c>[D]</c>.</summary>
    public Tensor Least => _least!;

    /// <summary><c>[D]</c>.</summary>
    public Tensor Greatest => _greatest!;

    /// <summary><c>[D]</c>, float64.</summary>
    public Tensor Mean => _mean!;

    /// <summary>The values of each slot that are there: <c>[D]</c>, float64.</summary>
    public Tensor Counts => _counts!;

    /// <summary>The root of the mean squared distance from the mean: <c>[D]</c>, float64.</summary>
    public Tensor Deviation() => (_squares! / _counts!.AtLeast(1)).sqrt();

    /// <summary>The least and the greatest number of all slots, scaled.</summary>
    public ValueRange Range(InputScaler? scaler = null)
    {
        using IDisposable noGrad = no_grad();
        using var scope = NewDisposeScope();
        // One row is the least, one the greatest; those of a slot without values are infinite, and neither.
        Tensor rows = stack([Least, Greatest]);
        rows = scaler?.Apply(rows) ?? rows;
        return new ValueRange(rows.select(0, 0).min().item<float>(), rows.select(0, 1).max().item<float>());
    }

    /// <summary>The first slot of which no value is there; null where there is none.</summary>
    public int? FindEmpty()
    {
        using var scope = NewDisposeScope();
        Tensor isEmpty = _counts!.IsBelow(1);
        return isEmpty.any().item<bool>() ? (int)isEmpty.to(ScalarType.Int64).argmax().item<long>() : null;
    }

    /// <summary>The first slot whose numbers a scaling cannot take to a common scale, because the distance of two of
    /// them, or of one from the mean, is beyond what a Single holds; null where there is none.</summary>
    public (int Slot, float Least, float Greatest)? FindUnscalable(InputScaling scaling)
    {
        using IDisposable noGrad = no_grad();
        using var scope = NewDisposeScope();
        (Tensor least, Tensor greatest) = (Least.to(ScalarType.Float64), Greatest.to(ScalarType.Float64));
        Tensor distance = scaling == InputScaling.Standardize
            ? (greatest - Mean).maximum(Mean - least)
            : greatest - least;
        Tensor isTooFar = distance.IsAbove(float.MaxValue);
        if (!isTooFar.any().item<bool>())
            return null;
        long slot = isTooFar.to(ScalarType.Int64).argmax().item<long>();
        return ((int)slot, Least.select(0, slot).item<float>(), Greatest.select(0, slot).item<float>());
    }

    /// <summary>Adds rows <c>[B, D]</c>, at least one.</summary>
    public void Add(Tensor rows)
    {
        using IDisposable noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor? gaps = withGaps ? rows.isnan() : null;
        Tensor least = Without(rows, gaps, double.PositiveInfinity).amin([0]);
        Tensor greatest = Without(rows, gaps, double.NegativeInfinity).amax([0]);
        Keep(ref _least, _least is null ? least : _least.minimum(least));
        Keep(ref _greatest, _greatest is null ? greatest : _greatest.maximum(greatest));
        Tensor counts = gaps is null
            ? empty([rows.shape[1]], dtype: ScalarType.Float64, device: rows.device).FillInPlace(rows.shape[0])
            : gaps.logical_not().sum([0], type: ScalarType.Float64);
        if (withMoments)
            AddMoments(rows.to(ScalarType.Float64), gaps, counts);
        Keep(ref _counts, _counts is null ? counts : _counts.Plus(counts));
    }

    public void Dispose()
    {
        _least?.Dispose();
        _greatest?.Dispose();
        _mean?.Dispose();
        _squares?.Dispose();
        _counts?.Dispose();
    }

    private void AddMoments(Tensor rows, Tensor? gaps, Tensor counts)
    {
        Tensor mean = Without(rows, gaps, 0).sum([0]) / counts.AtLeast(1);
        Tensor squares = Without(rows - mean, gaps, 0).Squared().sum([0]);
        if (_mean is null || _squares is null)
        {
            Keep(ref _mean, mean);
            Keep(ref _squares, squares);
            return;
        }
        Tensor share = counts / _counts!.Plus(counts).AtLeast(1);
        Tensor difference = mean - _mean;
        Keep(ref _squares, _squares.Plus(squares).Plus(difference.Squared() * (_counts! * share)));
        Keep(ref _mean, _mean.Plus(difference * share));
    }

    private static Tensor Without(Tensor rows, Tensor? gaps, double number) =>
        gaps is null ? rows : rows.Masked(gaps, number);

    private static void Keep(ref Tensor? kept, Tensor value)
    {
        kept?.Dispose();
        kept = value.DetachFromDisposeScope();
    }
}
