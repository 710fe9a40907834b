using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Generation;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders;

/// <content>New rows, and rows along paths of codes.</content>
public sealed partial class AutoencoderTransformer
{
    private readonly Lock _seeds = new();

    /// <summary>New rows: codes drawn from the <see cref="Prior"/>, decoded. Each is the mean of p(x|z). With the same
    /// seed, fewer rows are the first of more.</summary>
    /// <inheritdoc cref="Decode(float[], string?)" path="/remarks"/>
    /// <param name="count">How many; at least 0, at most 10,000,000.</param>
    /// <param name="seed">The same seed gives the same rows. Default: another one at every call, drawn
    /// from the context.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>Each <see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="InvalidOperationException">The family has no prior.</exception>
    /// <exception cref="ArgumentException">The count is out of its range, or the condition is missing, superfluous or
    /// unknown.</exception>
    public float[][] Sample(int count, int? seed = null, string? condition = null)
    {
        RequireNumbers(nameof(Sample));
        return DecodeRows(SampleCodes(count, seed ?? NextSeed()), condition);
    }

    /// <summary>Codes drawn from the prior.</summary>
    internal float[][] SampleCodes(int count, int seed)
    {
        Require.Within(count, 0, Limits.MadeRows, nameof(Sample), nameof(count));
        _model.RequireAlive();
        if (Prior is not { } prior)
        {
            throw new InvalidOperationException(
                $"{Article.Beginning(_description.Model.Family)} {_description.Model.Family} autoencoder has no " +
                "prior to draw codes from. Draw from a mixture that is fitted to its codes: " +
                "FitMixture(data).Sample(count, seed), and Decode those.");
        }
        return CodesOf(prior, count, seed);
    }

    /// <summary>
    /// A mixture of normal distributions fitted to the codes of rows, to draw codes like theirs from; for families
    /// whose codes are not distributed like a prior.
    /// </summary>
    /// <param name="data">A data view with the input column, and the condition's where there is one.</param>
    /// <param name="components">Distributions in the mixture; at least 1, at most 10,000, and at most the rows.</param>
    /// <param name="seed">The seed of the mixture's fit. Default: the seed of the autoencoder's fit.</param>
    /// <exception cref="ArgumentException">There are too few rows, or a column is missing or of
    /// another type.</exception>
    /// <exception cref="InvalidOperationException">Codes lie on a sphere, which draws of such a
    /// mixture leave.</exception>
    public CodeMixture FitMixture(IDataView data, int components = 10, int? seed = null)
    {
        Require.Within(components, 1, Limits.Components, nameof(FitMixture), nameof(components));
        RequireFlat("A mixture of normal distributions draws codes", "Draw rows with Sample");
        float[][] codes = [.. Encode(data).GetColumn<float[]>(OutputColumnName)];
        CodeMixture mixture = CodeMixture.Fit(codes, components, seed ?? _description.Seed);
        mixture.SeedSource = NextSeed;
        return mixture;
    }

    /// <summary>The rows along the path between two codes.</summary>
    /// <param name="from">The first code, <see cref="CodeSize"/> numbers.</param>
    /// <param name="to">The last code, <see cref="CodeSize"/> numbers.</param>
    /// <param name="steps">Rows in all, both ends included; at least 2, at most 10,000,000.</param>
    /// <param name="path">The path. Default: along the great circle where codes lie on a sphere, which the straight
    /// line leaves; otherwise the straight line.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>Each <see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">A code has another length, there are too few steps, the straight line is
    /// requested between codes on a sphere, these are opposite to each other, or the condition is missing, superfluous
    /// or unknown.</exception>
    public float[][] Interpolate(float[] from, float[] to, int steps, Interpolation? path = null,
        string? condition = null)
    {
        RequireNumbers(nameof(Interpolate));
        return DecodeRows(CodesBetween(from, to, steps, path), condition);
    }

    /// <summary>The codes along the path between two.</summary>
    internal float[][] CodesBetween(float[] from, float[] to, int steps, Interpolation? path)
    {
        RequireCode(from, nameof(from));
        RequireCode(to, nameof(to));
        return CodePath.Between(from, to, steps, path, Space);
    }

    /// <summary>
    /// The rows of a square grid of codes that are equally likely under a standard normal prior: two dimensions run
    /// through its quantiles (i + ½) / n, the others are 0 (Kingma and Welling 2014, figure 4).
    /// </summary>
    /// <param name="side">Rows and columns of the grid; at least 1, at most 1,000.</param>
    /// <param name="xDimension">The dimension that grows from left to right.</param>
    /// <param name="yDimension">The dimension that grows from bottom to top.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>side² rows of <see cref="OutputSize"/> numbers, line by line from the upper left.</returns>
    /// <exception cref="InvalidOperationException">The prior is not standard normal.</exception>
    /// <exception cref="ArgumentException">A parameter is out of its range, or the condition is missing,
    /// superfluous or unknown.</exception>
    public float[][] LatentGrid(int side = 20, int xDimension = 0, int yDimension = 1, string? condition = null)
    {
        Require.Within(side, 1, Limits.GridSide, nameof(LatentGrid), nameof(side));
        RequireNumbers(nameof(LatentGrid));
        _model.RequireAlive();
        if (Prior is not NormalPrior)
            throw new InvalidOperationException(
                $"A grid of codes follows a standard normal prior, which this {_description.Model.Family} " +
                "autoencoder does not have. Decode codes of your own choice instead.");
        if (CodeSize < 2)
            throw new InvalidOperationException("A grid of codes needs two dimensions; CodeSize is 1.");
        float[] quantiles = NormalQuantiles.Of(side);
        return DecodeRows(Generation.LatentGrid.Plane(quantiles, quantiles, CodeSize, xDimension, yDimension),
            condition);
    }

    /// <summary>
    /// The meaning of each dimension of the code: the rows of a code while one dimension moves and the others stay.
    /// </summary>
    /// <param name="code">The code to start from, <see cref="CodeSize"/> numbers.</param>
    /// <param name="steps">Rows for each dimension; at least 2, and at most 10,000,000 for all of them.</param>
    /// <param name="from">Where a dimension starts. A standard normal prior has 0.1% of its codes below -3.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>For each dimension, <paramref name="steps"/> rows of <see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">The code has another length, a parameter is out of its range, or the
    /// condition is missing, superfluous or unknown.</exception>
    /// <exception cref="InvalidOperationException">Codes lie on a sphere, which one number cannot move on
    /// alone.</exception>
    public float[][][] Traverse(float[] code, int steps = 9, float from = -3, float to = 3, string? condition = null)
    {
        RequireNumbers(nameof(Traverse));
        return [.. DecodeRows(CodesAround(code, steps, from, to), condition).Chunk(steps)];
    }

    /// <summary>A code, with each of its numbers moved in turn.</summary>
    internal float[][] CodesAround(float[] code, int steps, float from, float to)
    {
        RequireCode(code, nameof(code));
        RequireFlat("Moving one number of a code alone takes it", "Interpolate between codes");
        return [.. Traversals.Along(code, steps, from, to).SelectMany(moved => moved)];
    }

    /// <summary>
    /// Rows as a data view, for further stages of ML.NET: generated pictures into <c>ConvertToImage</c>, for example.
    /// </summary>
    /// <param name="rows">Each <see cref="OutputSize"/> numbers.</param>
    /// <param name="columnName">The one column. Default: <see cref="InputColumnName"/>.</param>
    /// <exception cref="ArgumentException">A row has another length.</exception>
    public IDataView AsDataView(IReadOnlyList<float[]> rows, string? columnName = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _model.RequireAlive();
        RequireNumbers(nameof(AsDataView));
        ArrayMapping.RequireLengths(rows, OutputSize, nameof(rows));
        string name = columnName ?? InputColumnName;
        Require.ColumnName(name, nameof(AsDataView), nameof(columnName));
        if (rows.Count == 0)
            return Empty(name); // the builder would not know the size of a row
        var builder = new ArrayDataViewBuilder(_host);
        builder.AddColumn(name, NumberDataViewType.Single, [.. rows]);
        return builder.GetDataView();
    }

    /// <summary>Each has its own place in the sequence of the seed, so that fewer are the first of more.</summary>
    private float[][] CodesOf(CodePrior prior, int count, int seed)
    {
        int size = prior.NoiseSize(CodeSize);
        var noise = new float[count][];
        for (int i = 0; i < count; i++)
        {
            noise[i] = new float[size];
            // The second half keeps them apart from the draws of rows, whose ids begin at 0.
            prior.Draw(noise[i], RowSeed.Of(seed, new DataViewRowId((ulong)i, ulong.MaxValue)));
        }
        return prior.Learned is null ? noise : _model.CodesOf(noise);
    }

    /// <summary>A seed for a call that is given none.</summary>
    internal int NextSeed()
    {
        // The context's generator is for one thread at a time, the transformer for any number.
        lock (_seeds)
            return _host.Rand.Next();
    }

    private EmptyDataView Empty(string columnName)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(columnName, new VectorDataViewType(NumberDataViewType.Single, OutputSize));
        return new EmptyDataView(_host, schema.ToSchema());
    }

    private CodeSpace Space => _description.Model.Bottleneck.Space;

    /// <summary>For methods whose codes do not lie on a sphere.</summary>
    /// <param name="what">Makes them.</param>
    /// <param name="instead">Can be done.</param>
    private void RequireFlat(string what, string instead)
    {
        _model.RequireAlive();
        if (Space != CodeSpace.Flat)
        {
            string family = _description.Model.Family;
            throw new InvalidOperationException($"{what} off the sphere that codes of {Article.Before(family)} " +
                $"{family} autoencoder lie on. {instead} instead.");
        }
    }

    private void RequireCode(float[] code, string parameter)
    {
        ArgumentNullException.ThrowIfNull(code, parameter);
        if (code.Length != CodeSize)
            throw new ArgumentException($"The code has {code.Length} numbers; it needs {CodeSize}.", parameter);
    }
}
