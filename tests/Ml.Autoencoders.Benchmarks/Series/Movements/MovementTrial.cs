using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Benchmarks.TableFeatures;

namespace Ml.Autoencoders.Benchmarks.Series.Movements;

/// <summary>Windows without labels, a few with labels, several times, and fresh ones to judge by.</summary>
internal sealed class MovementTrial
{
    /// <summary>Of each movement.</summary>
    private const int UnlabeledOfEach = 1000;
    private const int LabeledOfEach = 20;
    private const int FreshOfEach = 400;
    private const int LabelDraws = 10;

    /// <summary>Seeds that a trial uses.</summary>
    public const int Seeds = 2 + LabelDraws;

    private readonly MLContext _ml;
    private readonly IDataView _unlabeled;
    private readonly MovementWindow[][] _labeled;
    private readonly MovementWindow[] _fresh;

    /// <param name="seed">The first of those of its windows, and that of the fits.</param>
    public MovementTrial(int seed)
    {
        _ml = new MLContext(seed);
        _unlabeled = _ml.Data.LoadFromEnumerable(MovementGenerator.Draw(seed, UnlabeledOfEach));
        _fresh = MovementGenerator.Draw(seed + 1, FreshOfEach);
        _labeled = [.. Enumerable.Range(2, LabelDraws).Select(i => MovementGenerator.Draw(seed + i, LabeledOfEach))];
    }

    /// <summary>The shares of the fresh windows that classifiers read right, one for each draw of labels. Features are
    /// standardized by the windows without labels.</summary>
    public double[][] Accuracies(MovementFeatures features, params Judge[] judges)
    {
        ITransformer model = features.Estimator(_ml)
            .Append(_ml.Transforms.NormalizeMeanVariance(MovementFeatures.Column, fixZero: false)).Fit(_unlabeled);
        LabeledFeatures fresh = Of(model, _fresh);
        LabeledFeatures[] labeled = [.. _labeled.Select(windows => Of(model, windows))];
        (model as IDisposable)?.Dispose();
        return [.. judges.Select(judge => labeled.Select(rows => judge.Accuracy(rows, fresh)).ToArray())];
    }

    private LabeledFeatures Of(ITransformer model, MovementWindow[] windows)
    {
        IDataView view = model.Transform(_ml.Data.LoadFromEnumerable(windows));
        return new([.. view.GetColumn<float[]>(MovementFeatures.Column)],
            [.. windows.Select(window => (uint)Enum.Parse<Movement>(window.Label))]);
    }
}
