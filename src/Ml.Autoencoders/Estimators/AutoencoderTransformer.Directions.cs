using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Generation;

namespace Ml.Autoencoders;

/// <content>Directions of codes that stand for an attribute of rows.</content>
public sealed partial class AutoencoderTransformer
{
    /// <summary>
    /// The direction in which codes get an attribute: the mean code of rows with it minus the mean code of rows
    /// without. Added to the code of a row, it gives the code of a row like that one with the attribute (White 2016,
    /// "Sampling Generative Networks"; Roberts et al. 2018, "A Hierarchical Latent Vector Model for Learning Long-Term
    /// Structure in Music", figures 8 to 11).
    /// </summary>
    /// <remarks>The rows should differ in the attribute and in little else: what else they differ in on average is in
    /// the direction, too. An attribute may be anything that divides rows into two: a label, or a number above and
    /// below its median. Where codes lie on a sphere, the direction is the difference of points in it, and codes that
    /// are moved are put back on the sphere. Codes that are moved are not rounded to the exact zeros of a sparse code,
    /// nor to the vectors of a codebook.</remarks>
    /// <param name="with">A data view of rows with the attribute, with the input column, and the condition's where
    /// there is one.</param>
    /// <param name="without">The same of rows without the attribute.</param>
    /// <returns><see cref="CodeSize"/> numbers, for <see cref="MoveCode"/> and <see cref="Traverse(float[], float[],
    /// int, float, float, string?)"/>.</returns>
    /// <exception cref="ArgumentException">There are no rows, one of them has missing values and so no code, both mean
    /// codes are the same, or a column is missing or of another type.</exception>
    /// <exception cref="OperationCanceledException">The context's execution was canceled.</exception>
    public float[] CodeDirection(IDataView with, IDataView without)
    {
        IDataView codesWith = EncodedRows(with, nameof(with));
        IDataView codesWithout = EncodedRows(without, nameof(without));
        double[] start = MeanOf(codesWithout, nameof(without));
        float[] direction = [.. MeanOf(codesWith, nameof(with)).Zip(start, (to, from) => (float)(to - from))];
        return direction.AsSpan().ContainsAnyExcept(0f)
            ? direction
            : throw new ArgumentException("The mean codes of the rows with the attribute and of those without are " +
                "the same, so that there is no direction from one to the other.", nameof(with));
    }

    /// <summary>A code moved along a direction: z + a d. Where codes lie on a sphere, (z + a d) / |z + a d|.</summary>
    /// <param name="code">The code z, <see cref="CodeSize"/> numbers.</param>
    /// <param name="direction">The direction d, such as <see cref="CodeDirection"/> gives: <see cref="CodeSize"/>
    /// finite numbers.</param>
    /// <param name="amount">How much of the direction, a: 1 adds the whole difference, -1 takes it away, and 0 leaves
    /// the code where it is.</param>
    /// <returns>Another code, for <see cref="Decode(float[], string?)"/>.</returns>
    /// <exception cref="ArgumentException">The code or the direction has another length, a number of the direction or
    /// the amount is not finite, or the sum is 0, which has no place on a sphere.</exception>
    public float[] MoveCode(float[] code, float[] direction, float amount = 1)
    {
        RequireCode(code, nameof(code));
        RequireDirection(direction);
        Require.Finite(amount, Place.Call(nameof(MoveCode)), nameof(amount));
        _model.RequireAlive();
        return CodeMove.Along(code, direction, amount, Space);
    }

    /// <summary>The rows of a code while it moves along a direction.</summary>
    /// <param name="code">The code to start from, <see cref="CodeSize"/> numbers.</param>
    /// <param name="direction">The direction, such as <see cref="CodeDirection"/> gives: <see cref="CodeSize"/> finite
    /// numbers.</param>
    /// <param name="steps">Rows in all, both ends included; at least 2, at most 10,000,000.</param>
    /// <param name="from">How much of the direction is added for the first row.</param>
    /// <param name="to">How much for the last one.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns><paramref name="steps"/> rows of <see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">The code or the direction has another length, a number of the direction is
    /// not finite, a parameter is out of its range, a sum is 0, which has no place on a sphere, or the condition is
    /// missing, superfluous or unknown.</exception>
    public float[][] Traverse(float[] code, float[] direction, int steps = 9, float from = -1, float to = 1,
        string? condition = null)
    {
        RequireNumbers(nameof(Traverse));
        return DecodeRows(CodesAlong(code, direction, steps, from, to), condition);
    }

    /// <summary>A code while it moves along a direction.</summary>
    internal float[][] CodesAlong(float[] code, float[] direction, int steps, float from, float to)
    {
        RequireCode(code, nameof(code));
        RequireDirection(direction);
        _model.RequireAlive();
        return CodeMove.Steps(code, direction, steps, from, to, Space);
    }

    private IDataView EncodedRows(IDataView rows, string parameter)
    {
        ArgumentNullException.ThrowIfNull(rows, parameter);
        return Encode(rows);
    }

    private double[] MeanOf(IDataView codes, string parameter)
    {
        var mean = new MeanCode(CodeSize);
        foreach (float[] code in codes.GetColumn<float[]>(OutputColumnName))
        {
            _host.CheckAlive();
            mean.Add(code, parameter);
        }
        return mean.Mean(parameter);
    }

    private void RequireDirection(float[] direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        if (direction.Length != CodeSize)
        {
            throw new ArgumentException($"The direction has {direction.Length} numbers; it needs {CodeSize}.",
                nameof(direction));
        }
        if (direction.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var i)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Number {i} of the direction is {direction[i]}; it must be finite."), nameof(direction));
        }
    }
}
