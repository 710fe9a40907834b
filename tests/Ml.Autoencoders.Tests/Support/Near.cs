using NUnit.Framework.Constraints;

namespace Ml.Autoencoders.Tests;

/// <summary>What rounding may do to a number on its way through another runtime: one part in ten thousand.</summary>
internal static class Near
{
    /// <summary>Rows whose numbers are these, NaN where these are NaN.</summary>
    public static Constraint To(IEnumerable<float[]> expected) => new NearConstraint([.. expected]);

    private sealed class NearConstraint(float[][] expected) : Constraint(expected)
    {
        private const float Relative = 1e-4f;

        /// <summary>Of numbers that are nearly 0 in rows whose numbers are around 1.</summary>
        private const float Absolute = 1e-5f;

        private string _difference = "rows of numbers";

        public override string Description => _difference;

        public override ConstraintResult ApplyTo<TActual>(TActual actual)
        {
            var rows = (float[][])(object)actual!;
            bool isSuccess = rows.Length == expected.Length;
            for (int row = 0; isSuccess && row < rows.Length; row++)
            {
                isSuccess = rows[row].Length == expected[row].Length;
                for (int slot = 0; isSuccess && slot < rows[row].Length; slot++)
                {
                    (float found, float wanted) = (rows[row][slot], expected[row][slot]);
                    isSuccess = found.Equals(wanted)
                        || Math.Abs(found - wanted) <= Absolute + Relative * Math.Abs(wanted);
                    if (!isSuccess)
                        _difference =
                            FormattableString.Invariant($"in row {row}, slot {slot}: {wanted}, and not {found}");
                }
            }
            return new ConstraintResult(this, actual, isSuccess);
        }
    }
}
