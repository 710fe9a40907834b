using System.Diagnostics;
using Microsoft.ML;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Fits and measures one method after the other.</summary>
internal sealed class ComparisonRun
{
    private readonly PcaComparisonOptions _options;
    private readonly ComparisonData _data;
    private readonly float[][] _judgedRows;

    private ComparisonRun(ComparisonData data, PcaComparisonOptions options)
    {
        _data = data;
        _options = options;
        _judgedRows = [.. data.Test.Rows.Take(options.NeighbourhoodRows)];
    }

    public static PcaComparison Start(MLContext ml, IDataView data, string features, PcaComparisonOptions options)
    {
        // The first fit is timed without it.
        TorchLibrary.Load();
        var run = new ComparisonRun(ComparisonData.Read(ml, data, features, options), options);
        IEnumerable<ComparedAutoencoder> autoencoders = options.Autoencoders ?? AutoencoderMethod.Defaults(ml, features, options.Seed);
        Method[] methods = [new ExactPca(), new MlNetPca(ml, options.Seed), .. autoencoders.Select(autoencoder => new AutoencoderMethod(ml, autoencoder))];
        ComparedStage[] stages = [.. options.CodeSizesFor(run._data.FeatureCount).SelectMany(codeSize => methods.Select(method => run.Measure(method, codeSize)))];
        return new PcaComparison(run._data, stages, options);
    }

    private ComparedStage Measure(Method method, int codeSize)
    {
        string name = FormattableString.Invariant($"{method.Name}, {codeSize} numbers");
        try
        {
            return Measure(method, codeSize, step => _options.OnProgress?.Invoke($"{name}: {step}"));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{name}: {error.Message}", error);
        }
    }

    private ComparedStage Measure(Method method, int codeSize, Action<string> report)
    {
        report("fit");
        var clock = Stopwatch.StartNew();
        using FittedMethod fitted = method.Fit(_data, codeSize);
        TimeSpan fitTime = clock.Elapsed;

        report("codes and reconstructions");
        // Not timed: whatever is made when it is first used.
        float[][] training = fitted.Encode(_data.TrainingView);
        clock.Restart();
        float[][] codes = fitted.Encode(_data.TestView);
        double rowsPerSecond = codes.Length / clock.Elapsed.TotalSeconds;
        float[][] reconstructions = fitted.Reconstruct(_data.TestView, codes);
        var stage = new ComparedStage(method.Name, method.IsPca, codeSize)
        {
            MeanSquaredError = Squares.OfDifferences(_data.Test.Rows, reconstructions) / ((double)codes.Length * _data.FeatureCount),
            ExplainedVariance = EmbeddingQuality.ExplainedVariance(_data.Test.Rows, reconstructions),
            FitTime = fitTime,
            RowsPerSecond = rowsPerSecond,
            ModelSize = fitted.ModelSize,
            Codes = codes,
            Reconstructions = [.. reconstructions.Take(_options.Examples)],
        };
        return WithNeighbourhoods(WithAccuracies(stage, training, codes, report), codes, report);
    }

    private ComparedStage WithAccuracies(ComparedStage stage, float[][] training, float[][] codes, Action<string> report)
    {
        if (_data.TrainingKeys is null)
            return stage;
        report("classifiers");
        var classifiers = new Classifiers(training, _data.TrainingKeys, codes, _data.TestKeys!);
        return stage with
        {
            LinearAccuracy = classifiers.Linear(_options.Seed),
            LightGbmAccuracy = classifiers.LightGbm(_options.Seed),
            NearestNeighbourAccuracy = classifiers.NearestNeighbours(_options.NearestNeighbours),
        };
    }

    private ComparedStage WithNeighbourhoods(ComparedStage stage, float[][] codes, Action<string> report)
    {
        report("neighbourhoods");
        float[][] judged = codes[.._judgedRows.Length];
        return stage with
        {
            Trustworthiness = EmbeddingQuality.Trustworthiness(_judgedRows, judged, _options.Neighbours),
            Continuity = EmbeddingQuality.Continuity(_judgedRows, judged, _options.Neighbours),
        };
    }
}
