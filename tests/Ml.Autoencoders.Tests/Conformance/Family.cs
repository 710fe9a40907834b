using System.Reflection;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>
/// A family of autoencoders: a catalog method that takes options. Found by reflection, so that none is forgotten.
/// </summary>
internal sealed class Family
{
    private readonly MethodInfo _method;
    private readonly Type _options;

    private Family(MethodInfo method, Type options)
    {
        _method = method;
        _options = options;
    }

    public static IReadOnlyList<Family> All { get; } =
        [.. from method in typeof(AutoencoderCatalog)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.ReturnType == typeof(AutoencoderEstimator)
            from parameter in method.GetParameters()
            where parameter.ParameterType.IsSubclassOf(typeof(AutoencoderOptions))
            select new Family(method, parameter.ParameterType)];

    /// <summary>The families whose codes are normal variables.</summary>
    public static IReadOnlyList<Family> WithGaussianCodes { get; } =
        [.. All.Where(family => family._options.IsSubclassOf(typeof(GaussianCodeOptions)))];

    /// <summary>The names of its options.</summary>
    public IEnumerable<string> Options =>
        _options.GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

    /// <summary>
    /// An estimator from <c>Features</c> to <c>Code</c>, with small options but for the <paramref name="changes"/>.
    /// </summary>
    public AutoencoderEstimator Make(MLContext ml, params (string Option, object? Value)[] changes) =>
        MakeFor(ml, "Code", "Features", changes);

    public AutoencoderEstimator MakeFor(MLContext ml, string output, string? input,
        params (string Option, object? Value)[] changes)
    {
        object options = Activator.CreateInstance(_options)!;
        (string, object?)[] small =
        [
            (nameof(AutoencoderOptions.CodeSize), Stage.CodeSize),
            (nameof(AutoencoderOptions.Network), Small.Network),
            (nameof(AutoencoderOptions.Training), Small.Training()),
        ];
        foreach ((string option, object? value) in small.Concat(changes))
            _options.GetProperty(option)!.SetValue(options, value);

        object?[] arguments = [.. _method.GetParameters().Select(parameter =>
            parameter.ParameterType == _options ? options
            : parameter.Position == 0 ? output
            : parameter.Position == 1 ? input
            : parameter.DefaultValue)];
        return (AutoencoderEstimator)_method.Invoke(ml.Transforms.Autoencoders, BindingFlags.DoNotWrapExceptions, null,
            arguments, null)!;
    }

    /// <summary>As <see cref="Make"/>, with a reconstruction and an error column.</summary>
    public AutoencoderEstimator MakeFull(MLContext ml, params (string Option, object? Value)[] changes) => Make(ml,
    [
        (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean"),
        (nameof(AutoencoderOptions.ErrorColumnName), "Error"),
        .. changes,
    ]);

    public override string ToString() => _method.Name;
}
