using System.Reflection;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>
/// An anomaly detector: an extension of ML.NET's trainers that takes options. Found by reflection,
/// so that none is forgotten.
/// </summary>
internal sealed class Detector
{
    private readonly MethodInfo _method;
    private readonly Type _options;

    private Detector(MethodInfo method, Type options, AnomalyScoreKind? kind)
    {
        _method = method;
        _options = options;
        Kind = kind;
    }

    public static IReadOnlyList<Detector> All { get; } =
        [.. from method in typeof(AutoencoderAnomalyCatalogExtensions)
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.ReturnType == typeof(AutoencoderAnomalyEstimator)
            from parameter in method.GetParameters()
            where parameter.ParameterType.IsSubclassOf(typeof(AnomalyOptions))
            from kind in KindsOf(parameter.ParameterType)
            select new Detector(method, parameter.ParameterType, kind)];

    /// <summary>Those that find what cannot be reconstructed.</summary>
    public static IEnumerable<Detector> ThatReconstruct =>
        All.Where(detector => detector.Kind != AnomalyScoreKind.CodeDistance);

    /// <summary>What its score is made of; null where there is no choice.</summary>
    public AnomalyScoreKind? Kind { get; }

    /// <summary>Whether the score is an expectation over codes, and no mean over slots.</summary>
    public bool Draws => ((AnomalyOptions)Activator.CreateInstance(_options)!).CodeDraws > 0;

    /// <summary>
    /// An estimator that reads <c>Features</c>, with small options but for the <paramref name="changes"/>.
    /// </summary>
    public AutoencoderAnomalyEstimator Make(MLContext ml, params (string Option, object? Value)[] changes) =>
        MakeFor(ml, "Features", changes);

    public AutoencoderAnomalyEstimator MakeFor(MLContext ml, string features,
        params (string Option, object? Value)[] changes)
    {
        object options = Activator.CreateInstance(_options)!;
        (string, object?)[] small =
        [
            (nameof(AnomalyOptions.CodeSize), Stage.CodeSize),
            (nameof(AnomalyOptions.Network), Small.Network),
            (nameof(AnomalyOptions.Training), Small.Training()),
        ];
        if (Kind is { } kind)
            changes = [(nameof(AutoencoderAnomalyOptions.Score), kind), .. changes];
        foreach ((string option, object? value) in small.Concat(changes))
            _options.GetProperty(option)!.SetValue(options, value);

        object?[] arguments = [.. _method.GetParameters().Select(parameter =>
            parameter.ParameterType == _options ? options
            : parameter.ParameterType == typeof(string) ? features
            : (object)ml.AnomalyDetection.Trainers)];
        return (AutoencoderAnomalyEstimator)_method.Invoke(null, BindingFlags.DoNotWrapExceptions, null,
            arguments, null)!;
    }

    /// <summary>Whether the code has a part in the score, which a column may have.</summary>
    public bool HasCodePart => Kind is AnomalyScoreKind.CodeDistance or AnomalyScoreKind.Both;

    /// <summary>As <see cref="Make"/>, with columns for code, reconstruction and the error of each slot.</summary>
    public AutoencoderAnomalyEstimator MakeFull(MLContext ml, params (string Option, object? Value)[] changes) =>
        Make(ml,
    [
        (nameof(AnomalyOptions.CodeColumnName), "Code"),
        (nameof(AnomalyOptions.ReconstructionColumnName), "Clean"),
        (nameof(AnomalyOptions.FeatureErrorsColumnName), "Errors"),
        .. changes,
    ]);

    public override string ToString() => Kind is { } kind ? $"{_method.Name}, {kind}" : _method.Name;

    private static IEnumerable<AnomalyScoreKind?> KindsOf(Type options) =>
        options.GetProperty(nameof(AutoencoderAnomalyOptions.Score)) is null
            ? [null] : Enum.GetValues<AnomalyScoreKind>().Cast<AnomalyScoreKind?>();
}
