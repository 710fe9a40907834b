using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Fits and measures one method after the other.</summary>
internal sealed class ComparisonRun
{
    private readonly PcaComparisonOptions _options;
    private readonly ComparisonData _data;
    private readonly ComparisonPlan _plan;
    private readonly StageFigures _figures;

    private ComparisonRun(ComparisonData data, ComparisonPlan plan, PcaComparisonOptions options)
    {
        _data = data;
        _plan = plan;
        _options = options;
        _figures = new StageFigures(data, plan, options.Seed);
    }

    public static PcaComparison Start(MLContext ml, IDataView data, string features, PcaComparisonOptions options)
    {
        // The first fit is timed without it.
        TorchLibrary.Load();
        ComparisonData rows = ComparisonData.Read(ml, data, features, options);
        using IChannel channel = ((IHostEnvironment)ml).Start(nameof(AutoencoderComparisonExtensions.CompareWithPca));
        var run = new ComparisonRun(rows, ComparisonPlan.Of(rows, options, channel), options);
        IEnumerable<ComparedAutoencoder> autoencoders = options.Autoencoders
            ?? AutoencoderMethod.Defaults(ml, features, options.Seed);
        Method[] methods = [new ExactPca(), new MlNetPca(ml, options.Seed),
            .. autoencoders.Select(autoencoder => new AutoencoderMethod(ml, autoencoder))];
        ComparedStage[] stages =
            [.. run._plan.CodeSizes.SelectMany(codeSize => methods.Select(method => run.Measure(method, codeSize)))];
        return new PcaComparison(rows, stages, options);
    }

    private ComparedStage Measure(Method method, int codeSize)
    {
        string name = FormattableString.Invariant($"{method.Name}, {codeSize} numbers");
        try
        {
            return Measure(method, codeSize, step => _options.OnProgress?.Invoke($"{name}: {step}"));
        }
        catch (UnfittableException error)
        {
            return _figures.Missing(new ComparedStage(method.Name, method.IsPca, codeSize),
                $"It could not be fitted: {error.Message}");
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
        var stage = new ComparedStage(method.Name, method.IsPca, codeSize)
        {
            FitTime = fitTime,
            RowsPerSecond = rowsPerSecond,
            ModelSize = fitted.ModelSize,
            Codes = codes,
        };
        if (!Finite.Are(training) || !Finite.Are(codes))
            return _figures.Missing(stage, "Its codes hold numbers that are not finite.");
        float[][] reconstructions = fitted.Reconstruct(_data.TestView, codes);
        stage = _figures.WithErrors(stage, reconstructions) with
        {
            Reconstructions = [.. reconstructions.Take(_options.Examples)],
        };
        if (_data.TrainingKeys is not null)
        {
            report("classifiers");
            stage = _figures.WithAccuracies(stage, training, codes);
        }
        report("neighborhoods");
        return _figures.WithNeighborhoods(stage, codes);
    }
}
