using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>What makes features of rows, without their labels.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Stage">The stage that makes the column <c>Features</c> of the columns <c>Row</c> (as it is) and
/// <c>Scaled</c> (standardized), by the seed.</param>
internal sealed record Contestant(string Name, Func<MLContext, int, IEstimator<ITransformer>> Stage)
{
    public const string RandomName = "random ReLU";

    private const int CodeSize = 32;

    /// <summary>So little that weights stay what they were drawn as; batch normalization still sees rows.</summary>
    private const float Tiny = 1e-12f;

    public static Contestant Raw { get; } =
        new("raw", (ml, _) => ml.Transforms.CopyColumns("Features", "Scaled"));

    public static Contestant Unscaled { get; } =
        new("raw, not scaled", (ml, _) => ml.Transforms.CopyColumns("Features", "Row"));

    /// <summary>The plain code that the library gave where no option was set.</summary>
    public static Contestant Plain { get; } = new("plain code", (ml, seed) =>
        ml.Transforms.Autoencoders.Plain("Features", "Scaled", new()
        {
            CodeSize = CodeSize,
            Network = Network.Dense(512, 256),
            Training = new() { Epochs = 20, Seed = seed },
        }));

    public static Contestant Preset { get; } = Denoising("preset", DenoisingOptions.TableFeatures());

    public static Contestant Untrained { get; } = Denoising("untrained encoder",
        DenoisingOptions.TableFeatures() with { Training = new() { Updates = 100, LearningRate = Tiny } });

    public static Contestant Pca(int columns) => new("PCA", (ml, seed) =>
        ml.Transforms.ProjectToPrincipalComponents("Features", "Scaled", rank: Math.Min(CodeSize, columns),
            seed: seed));

    /// <param name="columns">Of the row.</param>
    /// <param name="width">How many features.</param>
    /// <param name="withRow">Whether the row stands beside them.</param>
    public static Contestant Random(int columns, int width, bool withRow) =>
        new($"{RandomName}{(withRow ? ", row beside" : "")}", (ml, seed) =>
        {
            var features = new RandomRelu(columns, width, seed);
            return ml.Transforms.CustomMapping<Standardized, Activations>((row, output) =>
                    output.Features = [.. withRow ? row.Scaled : [], .. features.Of(row.Scaled)], null,
                outputSchemaDefinition: Sized(withRow ? columns + width : width));
        });

    /// <summary>The features of the learned and of the judged rows, and how long it took to fit them.</summary>
    public (LabeledFeatures Learned, LabeledFeatures Judged, TimeSpan Fit) Make(MLContext ml, Split split, int seed)
    {
        var scaling = ml.Transforms.NormalizeMeanVariance("Scaled", "Row", fixZero: false).Fit(split.Learned);
        IDataView learned = ml.Data.Cache(scaling.Transform(split.Learned));
        var clock = Stopwatch.StartNew();
        ITransformer stage = Stage(ml, seed).Fit(learned);
        TimeSpan fit = clock.Elapsed;
        float[][] Features(IDataView rows) => [.. stage.Transform(rows).GetColumn<float[]>("Features")];
        var made = (new LabeledFeatures(Features(learned), split.LearnedLabels),
            new LabeledFeatures(Features(scaling.Transform(split.Judged)), split.JudgedLabels), fit);
        (stage as IDisposable)?.Dispose();
        return made;
    }

    public static Contestant Denoising(string name, DenoisingOptions options) => new(name, (ml, seed) =>
        ml.Transforms.Autoencoders.Denoising("Features", "Row",
            options with { Training = options.Training with { Seed = seed } }));

    private static SchemaDefinition Sized(int width)
    {
        var schema = SchemaDefinition.Create(typeof(Activations));
        schema[nameof(Activations.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return schema;
    }

    private sealed class Standardized
    {
        public float[] Scaled { get; set; } = [];
    }

    private sealed class Activations
    {
        public float[] Features { get; set; } = [];
    }
}
