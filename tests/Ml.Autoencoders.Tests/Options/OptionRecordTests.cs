using System.Reflection;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Options;

/// <summary>
/// Options are records: they can be varied, and are equal where they say the same. Found by reflection, so that no
/// class and no option is forgotten.
/// </summary>
internal sealed class OptionRecordTests
{
    private static readonly Type[] Classes =
    [
        .. typeof(AutoencoderModelOptions).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.IsAbstract
                && type.GetConstructor([]) is not null),
    ];

    private static IEnumerable<TestCaseData> Options() => Classes.SelectMany(type => type.GetProperties()
        .Where(property => property.CanWrite)
        .Select(property => new TestCaseData(type, property).SetArgDisplayNames(type.Name, property.Name)));

    [Test]
    public void All_classes_are_found() => Assert.That(Classes, Has.Length.EqualTo(17));

    [Test]
    public void A_preset_can_be_varied()
    {
        DenoisingOptions preset = DenoisingOptions.ImageFeatures(new ImageFormat(8, 8));
        DenoisingOptions varied = preset with { ReconstructionColumnName = "Clean" };
        Assert.Multiple(() =>
        {
            Assert.That(varied.ReconstructionColumnName, Is.EqualTo("Clean"));
            Assert.That(preset.ReconstructionColumnName, Is.Null);
            Assert.That(varied with { ReconstructionColumnName = null }, Is.EqualTo(preset));
            Assert.That(varied.Corruption, Is.EqualTo(preset.Corruption));
        });
    }

    [TestCaseSource(nameof(Classes))]
    public void Fresh_options_are_equal(Type type)
    {
        (object one, object other) = (Activator.CreateInstance(type)!, Activator.CreateInstance(type)!);
        Assert.Multiple(() =>
        {
            Assert.That(one, Is.EqualTo(other));
            Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        });
    }

    [TestCaseSource(nameof(Options))]
    public void An_option_is_compared_by_what_it_says(Type type, PropertyInfo property)
    {
        object Set()
        {
            object options = Activator.CreateInstance(type)!;
            property.SetValue(options, Another(property));
            return options;
        }

        (object one, object other) = (Set(), Set());
        Assert.Multiple(() =>
        {
            Assert.That(one.Equals(other), Is.True);
            Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
            Assert.That(one.Equals(Activator.CreateInstance(type)), Is.False);
            Assert.That(one.ToString(), Does.Contain($"{property.Name} = "));
        });
    }

    /// <summary>A value that is nobody's default; two calls give two objects.</summary>
    private static object Another(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.Name switch
        {
            nameof(Int32) => 7,
            nameof(Single) => 0.125f,
            nameof(Double) => 0.125,
            nameof(TimeSpan) => TimeSpan.FromSeconds(3),
            nameof(WindowStart) => WindowStart.FirstRow,
            nameof(WindowScore) => WindowScore.Maximum,
            nameof(Boolean) => true,
            nameof(String) => new string('x', 3),
            nameof(InputScaling) => InputScaling.MinMax,
            nameof(Binarization) => Binarization.Dynamic,
            nameof(AnomalyScoreKind) => AnomalyScoreKind.Both,
            nameof(MissingValueHandling) => MissingValueHandling.LeaveOut,
            nameof(MissingCategoryHandling) => MissingCategoryHandling.Gap,
            nameof(StageOutput) => StageOutput.HiddenActivations,
            nameof(ReconstructionLoss) => ReconstructionLoss.BinaryCrossEntropy,
            nameof(OptimizerKind) => OptimizerKind.AdamW,
            nameof(CancellationToken) => new CancellationToken(canceled: true),
            nameof(Network) => Network.Dense([7, 3], Activation.Gelu),
            nameof(Corruption) => Corruption.Gaussian(0.5f).Then(Corruption.Clip()),
            nameof(Categories) => Categories.Of("Region", "Product"),
            nameof(CodePrior) => CodePrior.Ring(3),
            nameof(KlWarmup) => KlWarmup.Linear(3),
            nameof(LearningRateSchedule) => LearningRateSchedule.Step(3),
            nameof(EarlyStopping) => new EarlyStopping(3),
            nameof(CheckpointOptions) => new CheckpointOptions("folder", 2, TimeSpan.FromMinutes(3)),
            nameof(ImageFormat) => new ImageFormat(4, 5),
            nameof(SequenceFormat) => new SequenceFormat(4, 5),
            nameof(ComputeDevice) => ComputeDevice.Gpu(1),
            nameof(TrainingOptions) => new TrainingOptions { Epochs = 3, Schedule = LearningRateSchedule.Cosine() },
            "IReadOnlyList`1" when type == typeof(IReadOnlyList<string>) => new[] { new string('x', 3) },
            "IReadOnlyList`1" => new[] { 7, 3 },
            "Action`1" => (Action<TrainingEpoch>)Ignore,
            _ => throw new InvalidOperationException(
                $"{property.DeclaringType!.Name}.{property.Name}: say here what it can be."),
        };
    }

    private static void Ignore(TrainingEpoch epoch)
    {
    }

    [Test]
    public void A_list_is_copied_when_it_is_given()
    {
        int[] sizes = [8, 4];
        var options = new AdversarialOptions { Discriminator = sizes };
        sizes[0] = -1;
        Assert.Multiple(() =>
        {
            Assert.That(options.Discriminator, Is.EqualTo([8, 4]));
            Assert.That(options.ToString(), Does.Contain("Discriminator = [8, 4]"));
            Assert.That(() => new AutoencoderCatalog(new MLContext(1)).Adversarial("Code", "In", options),
                Throws.Nothing);
        });
    }
}
