using System.Numerics;
using System.Runtime.InteropServices;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// Shows whether two passes have the same rows, in whatever order, and treats numbers that differ only by rounding as
/// the same: an earlier stage may give other last bits where its own source shuffles.
/// </summary>
/// <remarks>Of each row the sum p of its numbers, each times a weight that belongs to its slot, and of all rows the
/// sums of p and of p².</remarks>
internal sealed class RowSketch
{
    /// <summary>What rounding that goes either way may add up to, relative to the root of the sum of squares: some 8
    /// units in the last place of each row.</summary>
    private const double EitherWay = 1e-6;

    /// <summary>What rounding in one direction may, relative to the sum.</summary>
    private const double OneWay = 3e-8;

    private readonly Part _values;
    private readonly Part? _targets;

    /// <param name="layout">Of a row.</param>
    public RowSketch(RowLayout layout)
    {
        ulong state = 0;
        _values = new Part(layout.Width, ref state);
        _targets = layout.TargetWidth is { } width ? new Part(width, ref state) : null;
    }

    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, long label)
    {
        _values.Add(values, label);
        _targets?.Add(targets, label);
    }

    /// <summary>Whether the rows may be the same.</summary>
    public bool IsLike(RowSketch other) => _values.IsLike(other._values) && (_targets?.IsLike(other._targets!) ?? true);

    /// <summary>Of one column.</summary>
    private sealed class Part
    {
        /// <summary>What a label adds to its row's sum: much, however large that is.</summary>
        private const double LabelWeight = 0.618;

        private readonly float[] _weights;
        private double _sum;
        private double _sizes;
        private double _squares;
        private double _fourths;

        public Part(int width, ref ulong state)
        {
            _weights = new float[width];
            foreach (ref float weight in _weights.AsSpan())
            {
                ulong bits = SplitMix.Next(ref state);
                // From 0.25 to 0.5, so that no sum of two products overflows a float, and of either sign.
                float size = 0.25f + (bits >> 41) / (float)(1 << 25);
                weight = (bits & 1) == 0 ? size : -size;
            }
        }

        public void Add(ReadOnlySpan<float> row, long label)
        {
            double sum = Weighted(row);
            // Infinite numbers are refused, so that some of them are missing.
            if (double.IsNaN(sum))
                sum = WeightedWithGaps(row);
            sum *= 1 + LabelWeight * label;
            double square = sum * sum;
            _sum += sum;
            _sizes += Math.Abs(sum);
            _squares += square;
            _fourths += square * square;
        }

        public bool IsLike(Part other) =>
            Math.Abs(_sum - other._sum) <= EitherWay * Math.Sqrt(_squares) + OneWay * _sizes
            && Math.Abs(_squares - other._squares) <= 2 * (EitherWay * Math.Sqrt(_fourths) + OneWay * _squares);

        /// <summary>As if the numbers that are missing were some that others seldom are.</summary>
        private double WeightedWithGaps(ReadOnlySpan<float> row)
        {
            double sum = 0;
            for (int slot = 0; slot < row.Length; slot++)
                sum += (float.IsNaN(row[slot]) ? LabelWeight : row[slot]) * _weights[slot];
            return sum;
        }

        private double Weighted(ReadOnlySpan<float> row)
        {
            ReadOnlySpan<Vector<float>> numbers = MemoryMarshal.Cast<float, Vector<float>>(row);
            ReadOnlySpan<Vector<float>> weights = MemoryMarshal.Cast<float, Vector<float>>(_weights)[..numbers.Length];
            Vector<double> lower = Vector<double>.Zero;
            Vector<double> upper = Vector<double>.Zero;
            int i = 0;
            for (; i < numbers.Length - 1; i += 2)
            {
                Vector.Widen(numbers[i] * weights[i] + numbers[i + 1] * weights[i + 1], out Vector<double> low,
                    out Vector<double> high);
                lower += low;
                upper += high;
            }
            double sum = Vector.Sum(lower + upper);
            for (int slot = i * Vector<float>.Count; slot < row.Length; slot++)
                sum += row[slot] * _weights[slot];
            return sum;
        }
    }
}
