using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
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
            [.. run._plan.CodeSizes.SelectMany(size => methods.SelectMany(method => run.Measure(method, size)))];
        return new PcaComparison(rows, stages, options);
    }

    /// <summary>The codes of a method, and what else it gives.</summary>
    private IReadOnlyList<ComparedStage> Measure(Method method, int codeSize)
    {
        string name = FormattableString.Invariant($"{method.Name}, {codeSize} numbers");
        try
        {
            return [.. Measure(method, codeSize, step => _options.OnProgress?.Invoke($"{name}: {step}"))];
        }
        catch (UnfittableException error)
        {
            return [_figures.Missing(new ComparedStage(method.Name, method.IsPca, codeSize),
                $"It could not be fitted: {error.Message}")];
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{name}: {error.Message}", error);
        }
    }

    private IEnumerable<ComparedStage> Measure(Method method, int codeSize, Action<string> report)
    {
        report("fit");
        var clock = Stopwatch.StartNew();
        using FittedMethod fitted = method.Fit(_data, codeSize);
        var stage = new ComparedStage(method.Name, method.IsPca, codeSize)
        {
            FitTime = clock.Elapsed,
            ModelSize = fitted.ModelSize,
        };
        report("codes and reconstructions");
        yield return Measure(stage, fitted.Encode, report, (measured, codes) =>
        {
            float[][] reconstructions = fitted.Reconstruct(_data.TestView, codes);
            return _figures.WithErrors(measured, reconstructions) with
            {
                Reconstructions = [.. reconstructions.Take(_options.Examples)],
            };
        });
        if (fitted.Others is not { } others)
            yield break;
        string what = others.Hidden!;
        report($"{what} activations");
        stage = new ComparedStage($"{method.Name} ({what})", method.IsPca, codeSize)
        {
            Output = others,
            FitTime = stage.FitTime,
            ModelSize = stage.ModelSize,
        };
        yield return Measure(stage, fitted.EncodeOthers, report, (measured, _) => StageFigures.WithoutErrors(measured));
    }

    /// <param name="stage">What is measured, with the costs of its fit.</param>
    /// <param name="encode">What becomes of rows.</param>
    /// <param name="report">Called before each step.</param>
    /// <param name="withErrors">Adds the figures of reconstructions.</param>
    private ComparedStage Measure(ComparedStage stage, Func<IDataView, float[][]> encode, Action<string> report,
        Func<ComparedStage, float[][], ComparedStage> withErrors)
    {
        // Not timed: whatever is made when it is first used.
        float[][] training = encode(_data.TrainingView);
        var clock = Stopwatch.StartNew();
        float[][] codes = encode(_data.TestView);
        stage = stage with
        {
            RowsPerSecond = codes.Length / clock.Elapsed.TotalSeconds,
            Codes = codes,
            Width = codes[0].Length,
        };
        if (!Finite.Are(training) || !Finite.Are(codes))
            return _figures.Missing(stage, $"Its {StageFigures.What(stage)} hold numbers that are not finite.");
        stage = withErrors(stage, codes);
        if (_data.TrainingKeys is not null)
        {
            report("classifiers");
            stage = _figures.WithAccuracies(stage, training, codes);
        }
        report("neighborhoods");
        return _figures.WithNeighborhoods(stage, codes);
    }
}
