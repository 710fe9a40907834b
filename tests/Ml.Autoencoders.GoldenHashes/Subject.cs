using System.Reflection;
using Microsoft.ML;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>A family or a detector: a method of the library that takes options and gives an estimator. Found by
/// reflection, so that none is forgotten.</summary>
internal sealed class Subject
{
    public const string Input = "Pixels";
    private const string Code = "Code";
    private const string ColumnName = "ColumnName";

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Columns that are read, not written.</summary>
    private static readonly string[] Read = ["ConditionColumnName", "TargetColumnName"];

    /// <summary>What was chosen where nothing is set before some options had defaults that follow the data.</summary>
    private static readonly Dictionary<string, string> Former = new()
    {
        ["Scaling"] = "None",
        ["Score"] = "ReconstructionError",
    };

    private readonly MethodInfo _method;
    private readonly Type _options;

    private Subject(MethodInfo method, Type options)
    {
        _method = method;
        _options = options;
    }

    public static IReadOnlyList<Subject> All { get; } =
    [
        .. from type in typeof(AutoencoderCatalog).Assembly.GetExportedTypes()
           from method in type.GetMethods(Declared)
           where method.ReturnType.IsAssignableTo(typeof(IEstimator<ITransformer>))
           from parameter in method.GetParameters()
           where parameter.ParameterType.IsSubclassOf(typeof(AutoencoderModelOptions))
               && !method.GetParameters().Any(other => other.ParameterType == typeof(string[]))
           orderby method.Name, method.IsStatic
           select new Subject(method, parameter.ParameterType),
    ];

    public string Name => IsDetector ? $"{_method.Name}-detector" : _method.Name;

    /// <summary>Detectors are extensions of ML.NET's trainers.</summary>
    public bool IsDetector => _method.IsStatic;

    /// <summary>The options that name a column to write.</summary>
    public IEnumerable<string> WrittenColumns => _options.GetProperties().Select(property => property.Name)
        .Where(name => name.EndsWith(ColumnName, StringComparison.Ordinal) && !Read.Contains(name))
        .Order(StringComparer.Ordinal);

    public bool Has(string option) => _options.GetProperty(option) is not null;

    /// <summary>An estimator that writes the columns of the options in <paramref name="written"/>, each called as its
    /// option.</summary>
    public IEstimator<ITransformer> Make(
        MLContext ml, IEnumerable<string> written, IReadOnlyDictionary<string, object> options)
    {
        object made = Activator.CreateInstance(_options)!;
        foreach (string column in written)
            _options.GetProperty(column)!.SetValue(made, column[..^ColumnName.Length]);
        foreach ((string option, string value) in Former.Where(pair => Has(pair.Key) && !options.ContainsKey(pair.Key)))
            Set(made, option, value);
        foreach ((string option, object value) in options)
            Set(made, option, value);
        object?[] arguments =
        [
            .. _method.GetParameters().Select(parameter =>
                parameter.ParameterType == _options ? made
                : parameter.ParameterType == typeof(string) ? (parameter.Name == "outputColumnName" ? Code : Input)
                : ml.AnomalyDetection.Trainers),
        ];
        object? catalog = IsDetector ? null : new AutoencoderCatalog(ml);
        object? estimator = _method.Invoke(catalog, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        return (IEstimator<ITransformer>)estimator!;
    }

    /// <summary>Values of enumerations are given by name: the library of an earlier commit may not have them.</summary>
    private void Set(object made, string option, object value)
    {
        PropertyInfo property = _options.GetProperty(option)!;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(made, type.IsEnum && value is string name ? Enum.Parse(type, name) : value);
    }
}
