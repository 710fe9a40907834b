using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Definitions;

/// <summary>
/// Statistics of each slot of rows that come in parts: the least and the greatest number, and, where requested, mean
/// and deviation.
/// </summary>
/// <remarks>Parts are joined as Chan, Golub and LeVeque 1979 ("Updating Formulae and a Pairwise Algorithm for Computing
/// Sample Variances", equations 1.5) do; in float64, because sums of many float32 squares lose digits.</remarks>
/// <param name="withMoments">Whether means and deviations are requested.</param>
internal sealed class SlotStatistics(bool withMoments) : IDisposable
{
    private Tensor? _least;
    private Tensor? _greatest;
    private Tensor? _mean;
    private Tensor? _squares;
    private long _count;

    /// <summary><c>[D]</c>.</summary>
    public Tensor Least => _least!;

    /// <summary><c>[D]</c>.</summary>
    public Tensor Greatest => _greatest!;

    /// <summary><c>[D]</c>, float64.</summary>
    public Tensor Mean => _mean!;

    /// <summary>The root of the mean squared distance from the mean: <c>[D]</c>, float64.</summary>
    public Tensor Deviation() => _squares!.Over(_count).sqrt();

    /// <summary>The least and the greatest number of all slots, scaled.</summary>
    public ValueRange Range(InputScaler? scaler = null)
    {
        using IDisposable noGrad = no_grad();
        using var scope = NewDisposeScope();
        // One row is the least, one the greatest.
        Tensor rows = stack([Least, Greatest]);
        rows = scaler?.Apply(rows) ?? rows;
        return new ValueRange(rows.min().item<float>(), rows.max().item<float>());
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
        Keep(ref _least, _least is null ? rows.amin([0]) : _least.minimum(rows.amin([0])));
        Keep(ref _greatest, _greatest is null ? rows.amax([0]) : _greatest.maximum(rows.amax([0])));
        long count = rows.shape[0];
        if (withMoments)
            AddMoments(rows.to(ScalarType.Float64), count);
        _count += count;
    }

    public void Dispose()
    {
        _least?.Dispose();
        _greatest?.Dispose();
        _mean?.Dispose();
        _squares?.Dispose();
    }

    private void AddMoments(Tensor rows, long count)
    {
        Tensor mean = rows.mean([0]);
        Tensor squares = (rows - mean).Squared().sum([0]);
        if (_mean is null || _squares is null)
        {
            Keep(ref _mean, mean);
            Keep(ref _squares, squares);
            return;
        }
        double all = _count + count;
        Tensor difference = mean - _mean;
        Keep(ref _squares, _squares.Plus(squares).Plus(difference.Squared().Times(_count * (count / all))));
        Keep(ref _mean, _mean.Plus(difference.Times(count / all)));
    }

    private static void Keep(ref Tensor? kept, Tensor value)
    {
        kept?.Dispose();
        kept = value.DetachFromDisposeScope();
    }
}
