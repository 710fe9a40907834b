using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Options;

/// <summary>
/// No option is accepted and ignored: each property of each class of options, set to something other than its default,
/// changes what a fit is described by. Found by reflection, so that none is forgotten.
/// </summary>
internal sealed class OptionReachTests
{
    private static readonly MLContext Ml = new(1);

    /// <summary>A column of each kind that an option can name.</summary>
    private static readonly DataViewSchema Schema = Paired.View(Ml, 4).Schema;

    /// <summary>Windows of two rows, as the column of rows.</summary>
    private static readonly DataViewSchema Windows =
        Ml.Transforms.SlidingWindow("Features", ["Features"], length: 2).Fit(Paired.View(Ml, 4))
            .Transform(Paired.View(Ml, 4)).Schema;

    private static IEnumerable<TestCaseData> Properties() =>
        from type in typeof(AutoencoderModelOptions).Assembly.GetExportedTypes()
        where type.IsSubclassOf(typeof(AutoencoderModelOptions)) && !type.IsAbstract
        from property in Settable(type)
        where property.PropertyType != typeof(TrainingOptions)
        select new TestCaseData(type, property).SetArgDisplayNames(type.Name, property.Name);

    private static IEnumerable<TestCaseData> TrainingProperties() =>
        Settable(typeof(TrainingOptions))
            .Select(property => new TestCaseData(property).SetArgDisplayNames(property.Name));

    private static IEnumerable<TestCaseData> Parameters()
    {
        Type[] choices = [typeof(Corruption), typeof(CodePrior), typeof(KlWarmup), typeof(LearningRateSchedule)];
        IEnumerable<MethodBase> factories = choices
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(method => !method.IsSpecialName && method.ReturnType == type));
        IEnumerable<MethodBase> layers = typeof(LayerList)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        Type[] made = [typeof(EarlyStopping), typeof(ImageFormat), typeof(SequenceFormat)];
        IEnumerable<MethodBase> constructors = made.SelectMany(type => type.GetConstructors());
        return from method in factories.Concat(layers).Concat(constructors)
               from parameter in method.GetParameters()
               select new TestCaseData(method, parameter)
                   .SetArgDisplayNames($"{method.DeclaringType!.Name}.{method.Name}", parameter.Name!);
    }

    [TestCaseSource(nameof(Properties))]
    public void An_option_reaches_the_fit(Type type, PropertyInfo property)
    {
        (object changed, object usual) = (Changed(type, property), Activator.CreateInstance(type)!);
        // What is chosen where it is null may be what it was changed to.
        if (Nullable.GetUnderlyingType(property.PropertyType) is { IsEnum: true } choice)
            property.SetValue(usual, Enum.GetValues(choice).GetValue(0));
        if (property.PropertyType == typeof(Categories))
            property.SetValue(usual, Categories.None);
        // Zeros and ones have a likelihood of their own.
        if (property.Name == nameof(AutoencoderModelOptions.Binarization))
        {
            PropertyInfo loss = type.GetProperty(nameof(AutoencoderModelOptions.Loss))!;
            loss.SetValue(changed, ReconstructionLoss.BinaryCrossEntropy);
            loss.SetValue(usual, ReconstructionLoss.BinaryCrossEntropy);
        }
        // Only some scores see the code.
        if (property.Name is nameof(AutoencoderAnomalyOptions.TrimmedShare)
            or nameof(AutoencoderAnomalyOptions.CodePartColumnName))
        {
            PropertyInfo score = type.GetProperty(nameof(AutoencoderAnomalyOptions.Score))!;
            score.SetValue(changed, AnomalyScoreKind.Both);
            score.SetValue(usual, AnomalyScoreKind.Both);
        }
        // Only rows with gaps can be filled, and only what takes them can be told what is hidden.
        if (property.Name is nameof(AutoencoderModelOptions.ImputedColumnName)
            or nameof(AnomalyOptions.ReasonsColumnName))
        {
            PropertyInfo missing = type.GetProperty(nameof(AutoencoderModelOptions.MissingValues))!;
            missing.SetValue(changed, MissingValueHandling.LeaveOut);
            missing.SetValue(usual, MissingValueHandling.LeaveOut);
        }
        // Only some networks take sequences, and need to know which.
        if (property.Name == nameof(AutoencoderModelOptions.Sequence))
        {
            PropertyInfo network = type.GetProperty(nameof(AutoencoderModelOptions.Network))!;
            network.SetValue(changed, Network.Temporal());
            network.SetValue(usual, Network.Temporal());
            property.SetValue(usual, new SequenceFormat(12));
        }
        // Only rows of series have such scores.
        DataViewSchema schema = property.Name == nameof(AnomalyOptions.WindowScore) ? Windows : Schema;
        Assert.That(Describe(changed, schema), Is.Not.EqualTo(Describe(usual, schema)));
    }

    [TestCaseSource(nameof(TrainingProperties))]
    public void An_option_of_the_training_reaches_the_fit(PropertyInfo property)
    {
        var training = (TrainingOptions)Changed(typeof(TrainingOptions), property);
        var usual = new TrainingOptions();
        // Only where rows are held out, they can be so by group.
        if (property.Name == nameof(TrainingOptions.ValidationGroupColumnName))
            (training, usual) = (training with { ValidationFraction = 0.5f }, usual with { ValidationFraction = 0.5f });
        (PlainOptions options, PlainOptions others) = (new() { Training = training }, new() { Training = usual });
        // What says only how this run is watched is handed on, and makes no other fit.
        bool isRunOnly = IsRunOnly(property);
        Assert.Multiple(() =>
        {
            Assert.That(property.GetValue(RecipeOf(options).Training), Is.EqualTo(property.GetValue(training)));
            Assert.That(Describe(options),
                isRunOnly ? Is.EqualTo(Describe(others)) : Is.Not.EqualTo(Describe(others)));
        });
    }

    [Test]
    public void Options_that_make_no_other_fit_are_these() => Assert.That(
        Settable(typeof(TrainingOptions))
            .Where(IsRunOnly)
            .Select(property => property.Name),
        Is.EquivalentTo(new[]
        {
            nameof(TrainingOptions.OnEpoch),
            nameof(TrainingOptions.Cancellation),
            nameof(TrainingOptions.ThrowOnCancellation),
            nameof(TrainingOptions.Checkpoint),
            nameof(TrainingOptions.ResumeFrom),
        }));

    [TestCaseSource(nameof(Parameters))]
    public void An_argument_reaches_what_it_is_an_argument_of(MethodBase method, ParameterInfo parameter)
    {
        object?[] usual = [.. method.GetParameters().Select(Usual)];
        object?[] changed = [.. method.GetParameters().Select(other =>
            other == parameter
                ? Other(other.ParameterType, other.Name!, usual[other.Position]) : usual[other.Position])];
        Assert.That(Make(method, changed), Is.Not.EqualTo(Make(method, usual)));
    }

    private static bool IsRunOnly(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties().Where(property => property.CanWrite);

    private static object Changed(Type type, PropertyInfo property)
    {
        object options = Activator.CreateInstance(type)!;
        property.SetValue(options, Other(property.PropertyType, property.Name, property.GetValue(options)));
        return options;
    }

    /// <summary>Something valid that an option can be instead of <paramref name="usual"/>.</summary>
    private static object Other(Type type, string name, object? usual) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            // Below the stride.
            _ when name == "outputPadding" && type == typeof(int) => 0,
            _ when name == nameof(AutoencoderModelOptions.ConditionColumnName) => "Kind",
            _ when name == nameof(AutoencoderOptions.TargetColumnName) => "Target",
            { } inner when inner == typeof(int) => (int)(usual ?? 1) + 1,
            { } inner when inner == typeof(float) => usual is null or 0f ? 0.5f : 0.75f * (float)usual,
            { } inner when inner == typeof(double) => usual is null or 0d ? 0.5 : 0.75 * (double)usual,
            { } inner when inner == typeof(bool) => !(bool)(usual ?? false),
            { IsEnum: true } inner => Enum.GetValues(inner).Cast<object>().Last(value => !value.Equals(usual)),
            { } inner when inner == typeof(string) => "Other",
            { } inner when inner == typeof(IReadOnlyList<int>) => new[] { 7 },
            { } inner when inner == typeof(Network) => Network.Dense(5),
            { } inner when inner == typeof(ImageFormat) => new ImageFormat(3, 4),
            { } inner when inner == typeof(SequenceFormat) => new SequenceFormat(4, 3),
            { } inner when inner == typeof(int[]) => new[] { ((int[])usual!)[0], 1 },
            { } inner when inner == typeof(Action<LayerList>) => (Action<LayerList>)(layers => layers.Linear(4)),
            { } inner when inner == typeof(ComputeDevice) => ComputeDevice.Best,
            { } inner when inner == typeof(Corruption) => Corruption.Gaussian(0.25f),
            { } inner when inner == typeof(Corruption[]) => new[] { Corruption.Gaussian(0.25f), Corruption.Clip() },
            { } inner when inner == typeof(Range[]) => new[] { 0..2, 5..7 },
            { } inner when inner == typeof(Categories) => Categories.Annotated,
            { } inner when inner == typeof(CodePrior) => CodePrior.Ring(3),
            { } inner when inner == typeof(KlWarmup) => KlWarmup.Linear(2),
            { } inner when inner == typeof(LearningRateSchedule) => LearningRateSchedule.Step(2),
            { } inner when inner == typeof(EarlyStopping) => new EarlyStopping(2),
            { } inner when inner == typeof(CheckpointOptions) => new CheckpointOptions("folder"),
            { } inner when inner == typeof(Action<TrainingEpoch>) => (Action<TrainingEpoch>)(_ => { }),
            { } inner when inner == typeof(CancellationToken) => new CancellationToken(canceled: true),
            { } inner => throw new NotSupportedException($"{name} is a {inner}: say here what else it can be."),
        };

    private static object? Usual(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType == typeof(int) ? 3
        : parameter.ParameterType == typeof(float) ? 0.5f
        : parameter.ParameterType == typeof(int[])
        ? parameter.Name is "kernel" ? new[] { 3, 3 } : parameter.Name is "stride" ? [2, 2] : [0, 0]
        : parameter.ParameterType == typeof(Action<LayerList>) ? (Action<LayerList>)(layers => layers.Linear(3))
        : parameter.ParameterType == typeof(Corruption[]) ? new[] { Corruption.Masking(0.5f), Corruption.Clip() }
        : parameter.ParameterType == typeof(Range[]) ? new[] { 0..2 }
        : parameter.ParameterType.IsEnum ? Enum.GetValues(parameter.ParameterType).GetValue(0)
        : throw new NotSupportedException(
            $"{parameter.Name} is a {parameter.ParameterType}: say here what it usually is.");

    /// <summary>What a method or constructor makes, as it is written into files.</summary>
    private static string Make(MethodBase method, object?[] arguments)
    {
        var layers = new LayerList();
        object made = method is ConstructorInfo constructor ? constructor.Invoke(arguments)
            : method.Invoke(method.IsStatic ? null : layers, arguments)!;
        return made is LayerList ? Json<IReadOnlyList<Layer>>(layers.Layers) : made switch
        {
            Corruption corruption => Json(corruption),
            CodePrior prior => Json(prior),
            KlWarmup warmup => Json(warmup),
            LearningRateSchedule schedule => Json(schedule),
            _ => Json(made),
        };
    }

    /// <summary>What tells one fit from another: what is read and written, what is trained, how and where.</summary>
    private static string Describe(object options, DataViewSchema? schema = null)
    {
        Recipe recipe = RecipeOf(options);
        return Json(new
        {
            recipe.Columns,
            Model = new FitDefinition(((IHostEnvironment)Ml).Register("Fit"), recipe).Of(schema ?? Schema),
            recipe.Training,
            recipe.Device,
            (EstimatorOf(options) as AutoencoderAnomalyEstimator)?.Wanted.Contamination,
            (EstimatorOf(options) as AutoencoderAnomalyEstimator)?.Wanted.Draws,
            recipe.TrimmedShare,
            Categories = $"{recipe.Categories}",
        });
    }

    private static Recipe RecipeOf(object options) => EstimatorOf(options) switch
    {
        AutoencoderEstimator family => family.Recipe,
        AutoencoderAnomalyEstimator detector => detector.Recipe,
        { } other => throw new NotSupportedException($"{other} is made by no recipe."),
    };

    private static object EstimatorOf(object options)
    {
        Type type = options.GetType();
        bool isFamily = options is AutoencoderOptions;
        MethodInfo method = (isFamily
            ? typeof(AutoencoderCatalog) : typeof(AutoencoderAnomalyCatalogExtensions)).GetMethods()
            .Single(method => method.GetParameters().Any(parameter => parameter.ParameterType == type)
                && !method.GetParameters().Any(parameter => parameter.ParameterType == typeof(string[])));
        object?[] arguments = [.. method.GetParameters().Select(parameter =>
            parameter.ParameterType == type ? options
            : parameter.ParameterType != typeof(string) ? Ml.AnomalyDetection.Trainers
            : isFamily && parameter.Position == 0 ? "Code" : "Features")];
        return method.Invoke(isFamily ? Ml.Transforms.Autoencoders : null, BindingFlags.DoNotWrapExceptions, null,
            arguments, null)!;
    }

    private static string Json<T>(T value) => Encoding.UTF8.GetString(ModelJson.ToJson(value));
}
