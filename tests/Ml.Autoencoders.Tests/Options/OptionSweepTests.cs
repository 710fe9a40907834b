using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Music;
using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Options;

/// <summary>
/// Every option of every public class of options, and every argument of what makes a part of them, at values that
/// nobody means: taken at no cost, or refused by the call that takes it, with its name and the value. Found by
/// reflection, so that none is forgotten.
/// </summary>
internal sealed class OptionSweepTests
{
    private static readonly string Long = new('x', 1_000_000);

    private static IEnumerable<TestCaseData> Classes()
    {
        foreach (Type type in typeof(AutoencoderModelOptions).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(AutoencoderModelOptions)) && !type.IsAbstract))
            yield return Case(type, () => Activator.CreateInstance(type)!,
                options => Make((AutoencoderModelOptions)options));
        yield return Case(typeof(TrainingOptions), () => new TrainingOptions(),
            options => Make(new PlainOptions { Training = (TrainingOptions)options }));
        yield return Case(typeof(TableFeaturizingOptions), () => new TableFeaturizingOptions(),
            options => new MLContext(1).Transforms.FeaturizeTable("Features", (TableFeaturizingOptions)options, "In"));
        yield return Case(typeof(PcaComparisonOptions), () => new PcaComparisonOptions(),
            options => ((PcaComparisonOptions)options).Check());
        yield return Case(typeof(MelodyReaderOptions), () => new MelodyReaderOptions(),
            options => _ = new MelodyReader((MelodyReaderOptions)options));
        yield return Case(typeof(MelodyMidiOptions), () => new MelodyMidiOptions(),
            options => MelodyMidi.ToBytes([new uint[] { MelodyKeys.OfPitch(60) }], (MelodyMidiOptions)options));
        yield return Case(typeof(ImageGrid), () => new ImageGrid(2, 2), _ => { });
        yield return Case(typeof(LineChart), () => new LineChart(), _ => { });
        yield return Case(typeof(PianoRoll), () => new PianoRoll(), _ => { });
        yield return Case(typeof(ScatterPlot), () => new ScatterPlot(), _ => { });

        static TestCaseData Case(Type type, Func<object> create, Action<object> use) =>
            new TestCaseData(type, create, use).SetArgDisplayNames(type.Name);
    }

    private static IEnumerable<TestCaseData> Makers()
    {
        Type[] types = [typeof(Corruption), typeof(CodePrior), typeof(KlWarmup), typeof(LearningRateSchedule),
            typeof(Network), typeof(ComputeDevice), typeof(DenoisingOptions)];
        foreach (MethodInfo method in types.SelectMany(type =>
            type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)).Where(method =>
                !method.IsSpecialName))
            yield return Case($"{method.DeclaringType!.Name}.{method}", method.GetParameters(),
                arguments => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        foreach (MethodInfo method in typeof(LayerList)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            yield return Case($"LayerList.{method}", method.GetParameters(),
                arguments => method.Invoke(new LayerList(), BindingFlags.DoNotWrapExceptions, null, arguments, null));
        foreach (ConstructorInfo constructor in new[]
        {
            typeof(ImageFormat),
            typeof(SequenceFormat),
            typeof(EarlyStopping),
            typeof(CheckpointOptions),
            typeof(ImageGrid),
        }.SelectMany(type => type.GetConstructors()))
            yield return Case($"new {constructor.DeclaringType!.Name}", constructor.GetParameters(),
                arguments => constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null));

        static TestCaseData Case(string name, ParameterInfo[] parameters, Action<object?[]> call) =>
            new TestCaseData(parameters, call).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Classes))]
    public void An_option_is_taken_or_refused_with_its_name_and_value(Type type, Func<object> create,
        Action<object> use)
    {
        Assert.Multiple(() =>
        {
            foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite))
            {
                foreach (object? value in Extremes(property.PropertyType))
                {
                    Examine($"{type.Name}.{property.Name}", property.Name, value, () =>
                    {
                        object options = create();
                        property.SetValue(options, value, BindingFlags.DoNotWrapExceptions, null, null, null);
                        use(options);
                    });
                }
            }
        });
    }

    [TestCaseSource(nameof(Makers))]
    public void An_argument_is_taken_or_refused_with_its_name_and_value(ParameterInfo[] parameters,
        Action<object?[]> call)
    {
        Assert.Multiple(() =>
        {
            foreach (ParameterInfo parameter in parameters)
            {
                foreach (object? value in Extremes(parameter.ParameterType))
                    Examine(parameter.Member.ToString()!, parameter.Name!, value,
                        () => call([.. parameters.Select(other => other == parameter ? value : Usual(other))]));
            }
        });
    }

    /// <summary>What would cost memory, hours or the process, and so has to be refused.</summary>
    [Test]
    public void What_nobody_can_have_is_refused_where_it_is_said()
    {
        Assert.Multiple(() =>
        {
            Refused(() => Make(new PlainOptions { CodeSize = int.MaxValue }),
                "PlainOptions: CodeSize is 2147483647; it must be at most 16777216. (Parameter 'CodeSize')");
            Refused(() => Make(new PlainOptions { Training = new() { Threads = int.MaxValue } }),
                "PlainOptions.Training: Threads is 2147483647; it must be at most 1024. (Parameter 'Threads')");
            Refused(() => Make(new PlainOptions { Training = new() { Threads = 1025 } }),
                "PlainOptions.Training: Threads is 1025; it must be at most 1024. (Parameter 'Threads')");
            Refused(() => Make(new PlainOptions { Training = new() { Epochs = int.MaxValue } }),
                "PlainOptions.Training: Epochs is 2147483647; it must be at most 1000000. (Parameter 'Epochs')");
            Refused(() => Make(new PlainOptions { Training = new() { ResumeFrom = "a\0b" } }),
                "PlainOptions.Training: ResumeFrom is 'a\\0b', which holds the character NUL. (Parameter " +
                "'ResumeFrom')");
            Refused(() => _ = new CheckpointOptions("a\0b"),
                "CheckpointOptions: folder is 'a\\0b', which holds the character NUL. (Parameter 'folder')");
            Refused(() => Make(new PlainOptions { ErrorColumnName = "a\0b" }),
                "PlainOptions: ErrorColumnName is 'a\\0b', which holds the character NUL.");
            Refused(() => Make(new AdversarialOptions { Discriminator = [int.MaxValue] }),
                "AdversarialOptions: Discriminator is 2147483647; it must be at most 16777216. (Parameter " +
                "'Discriminator')");
            Refused(() => Make(new AdversarialOptions { Discriminator = [65536, 65536] }),
                "AdversarialOptions: Discriminator is 65536, 65536; its 'discriminator.2.weight' would hold " +
                "4,294,967,296 numbers, more than the 536,870,897 that a tensor can be saved with. (Parameter " +
                "'Discriminator')");
            Refused(() => Make(new ImportanceWeightedOptions { Samples = int.MaxValue }),
                "ImportanceWeightedOptions: Samples is 2147483647; it must be at most 10000. (Parameter 'Samples')");
            Refused(() => Make(new VariationalAnomalyOptions { Draws = int.MaxValue }),
                "VariationalAnomalyOptions: Draws is 2147483647; it must be at most 10000. (Parameter 'Draws')");
            Refused(() => Make(new VectorQuantizedOptions { CodebookSize = int.MaxValue }),
                "VectorQuantizedOptions: CodebookSize is 2147483647; it must be at most 65536. (Parameter " +
                "'CodebookSize')");
            Refused(() => Network.Dense(65536, 65536),
                "Network.Dense: hidden is 65536, 65536; its 'weight' would hold 4,294,967,296 numbers, more than the " +
                "536,870,897 that a tensor can be saved with. (Parameter 'hidden')");
            Refused(() => _ = new ImageFormat(int.MaxValue, int.MaxValue, int.MaxValue),
                "ImageFormat: height is 2147483647, with a width of 2147483647 and 2147483647 channels; a picture " +
                "can have at most 536,870,897 numbers. (Parameter 'height')");
            Refused(() => Network.Convolutional(65536, 65536),
                "Network.Convolutional: height is 65536, with a width of 65536 and 1 channels; a picture can have at " +
                "most 536,870,897 numbers. (Parameter 'height')");
            Refused(() => new LayerList().Convolution(4, kernel: 3, padding: 4),
                "Convolution: padding is 4; it must be at most 3, as the kernel. (Parameter 'padding')");
            Refused(() => new LayerList().Convolution(4, stride: int.MaxValue),
                "Convolution: stride is 2147483647; it must be at most 65536. (Parameter 'stride')");
        });
    }

    private static void Refused(Action call, string message) =>
        Assert.That(call, Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));

    private static void Make(AutoencoderModelOptions options)
    {
        var ml = new MLContext(1);
        if (options is AutoencoderAnomalyOptions detector)
            ml.AnomalyDetection.Trainers.Autoencoder("Features", detector);
        else if (options is VariationalAnomalyOptions variational)
            ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features", variational);
        else
            typeof(AutoencoderCatalog).GetMethods()
                .Single(method => method.GetParameters() is [_, _, { } last] && last.ParameterType == options.GetType())
                .Invoke(ml.Transforms.Autoencoders, BindingFlags.DoNotWrapExceptions, null,
                    ["Code", "Features", options], null);
    }

    private static void Examine(string where, string name, object? value, Action call)
    {
        try
        {
            call();
        }
        catch (ArgumentException error)
        {
            Assert.That(error.Message, Does.Contain(name).IgnoreCase, where);
            Assert.That(Shown(value).Any(shown => error.Message.Contains(shown, StringComparison.Ordinal)),
                $"{where} at {Shown(value)[0]}: {error.Message}");
        }
        catch (Exception error)
        {
            Assert.Fail($"{where} at {Shown(value)[0]}: {error}");
        }
    }

    /// <summary>How a message may show a value.</summary>
    private static string[] Shown(object? value) => value switch
    {
        null => ["null"],
        string { Length: 0 } => ["empty"],
        string text when string.IsNullOrWhiteSpace(text) => ["white space"],
        string text => [text[..Math.Min(10, text.Length)].Replace("\0", "\\0", StringComparison.Ordinal)],
        TimeSpan time => [time.TotalSeconds.ToString(CultureInfo.InvariantCulture)],
        IEnumerable list => [.. list.Cast<object?>().SelectMany(Shown), "empty"],
        IFormattable number => [number.ToString(null, CultureInfo.InvariantCulture)],
        _ => [value.ToString()!],
    };

    private static object? Usual(ParameterInfo parameter) =>
        parameter.HasDefaultValue && parameter.DefaultValue is not null ? parameter.DefaultValue
        : parameter.ParameterType == typeof(int) ? 3
        : parameter.ParameterType == typeof(float) ? 0.5f
        : parameter.ParameterType == typeof(string) ? "folder"
        : parameter.ParameterType == typeof(int[]) ? new[] { parameter.Name == "outputPadding" ? 1 : 4 }
        : parameter.ParameterType == typeof(Range[]) ? Array.Empty<Range>()
        : parameter.ParameterType == typeof(ImageFormat) ? new ImageFormat(8, 8)
        : parameter.ParameterType == typeof(TrainingOptions) ? new TrainingOptions()
        : parameter.ParameterType == typeof(Action<LayerList>) && !parameter.HasDefaultValue
        ? (Action<LayerList>)(layers => layers.Linear(3))
        : parameter.ParameterType.IsEnum ? Enum.GetValues(parameter.ParameterType).GetValue(0)
        : parameter.DefaultValue is DBNull ? null : parameter.DefaultValue;

    private static IEnumerable<object?> Extremes(Type type)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(int))
            return [0, -1, int.MaxValue, int.MinValue];
        if (inner == typeof(float))
            return [0f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue,
                float.MinValue];
        if (inner == typeof(double))
            return [0d, -1d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon,
                double.MaxValue, double.MinValue];
        if (inner == typeof(string))
            return [null, "", " ", "a\0b", Long];
        if (inner == typeof(TimeSpan))
            return [TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(-1)];
        if (inner.IsEnum)
            return [Enum.ToObject(inner, 99), Enum.ToObject(inner, -1)];
        if (type == typeof(int[]) || type == typeof(IReadOnlyList<int>))
            return [null, Array.Empty<int>(), new[] { 0 }, new[] { -1 }, new[] { int.MaxValue },
                new[] { int.MaxValue, int.MaxValue }, new[] { 1 << 24, 1 << 24 }];
        if (type == typeof(Range[]))
            return [null, Array.Empty<Range>(), new[] { 0..0 }, new[] { 2..1 }, new[] { 1.. }, new[] { ^2..5 },
                new[] { 0..int.MaxValue }, new[] { int.MaxValue..int.MaxValue }, new[] { 3..5, 1..4 }];
        if (type == typeof(IReadOnlyList<double>))
            return [null, Array.Empty<double>(), new[] { double.NaN }, new[] { 1d, 1 }];
        if (type == typeof(IReadOnlyList<string>))
            return [null, Array.Empty<string>()];
        if (type == typeof(IReadOnlyList<ComparedAutoencoder>))
            return [null, Array.Empty<ComparedAutoencoder>(), new ComparedAutoencoder[] { null! }];
        return type.IsValueType ? [] : [null];
    }
}
