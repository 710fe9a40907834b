using System.Text;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Options;

/// <summary>
/// What options are made of is equal where it says the same, is written into files as it always was, and has no member
/// of a record in the public contract.
/// </summary>
internal sealed class DescriptionEqualityTests
{
    private static readonly Func<object>[] Descriptions =
    [
        () => Corruption.None,
        () => Corruption.Gaussian(0.5f),
        () => Corruption.Gaussian(0.5f, 0.25f),
        () => Corruption.Masking(0.5f),
        () => Corruption.Masking(0.25f),
        () => Corruption.SaltAndPepper(0.5f),
        () => Corruption.Swap(0.5f),
        () => Corruption.Swap(0.25f),
        () => Corruption.Swap(0.5f, 0..2),
        () => Corruption.Swap(0.5f, 0..2, 3..5),
        () => Corruption.Clip(),
        () => Corruption.Clip(0, 2),
        () => Corruption.Warp(),
        () => Corruption.Warp(shear: 0.5f),
        () => Corruption.Downscale(2),
        () => Corruption.Masking(0.5f).Then(Corruption.Clip()),
        () => Corruption.Clip().Then(Corruption.Masking(0.5f)),
        () => KlWarmup.None,
        () => KlWarmup.Linear(2),
        () => KlWarmup.Linear(3),
        () => KlWarmup.Cyclical(),
        () => KlWarmup.Cyclical(rise: 0.25f),
        () => LearningRateSchedule.Constant,
        () => LearningRateSchedule.Cosine(),
        () => LearningRateSchedule.Cosine(0.5f),
        () => LearningRateSchedule.Step(1),
        () => LearningRateSchedule.Step(2),
        () => LearningRateSchedule.Step(2, 0.5f),
        () => Network.Dense(),
        () => Network.Dense(3),
        () => Network.Dense([3], Activation.Gelu),
        () => Network.Dense([3], Activation.Relu, batchNorm: true),
        () => Network.Convolutional(8, 8),
        () => Network.Convolutional(8, 8, filters: [4]),
        () => Network.Convolutional(8, 8, activation: Activation.Silu),
        () => Network.Compose(layers => layers.Linear(3).Relu()),
        () => Network.Compose(layers => layers.Linear(3).Relu(), layers => layers.Linear(5)),
        () => Network.Compose(layers => layers.Linear(3).Relu().Linear(5)),
        () => ComputeDevice.Cpu,
        () => ComputeDevice.Best,
        () => ComputeDevice.Gpu(),
        () => Network.Temporal(),
        () => Network.Temporal([16, 32]),
        () => Network.Temporal(kernel: 5),
        () => Network.Temporal(dilated: true),
        () => Network.Recurrent(),
        () => Network.Recurrent([64, 32]),
        () => Network.Recurrent(cell: RecurrentCell.Gru),
        () => Network.Recurrent(bidirectional: true),
        () => Network.Recurrent(feedsBack: true),
        () => Network.Recurrent(feedsBack: true, droppedInputs: 0.5f),
        () => Network.Recurrent(feedsBack: true, scheduledSampling: 0.5f),
        () => Network.Recurrent(segments: 2),
        () => Network.Recurrent(feedsBack: true, segments: 2),
        () => ComputeDevice.Gpu(1),
        () => new EarlyStopping(2),
        () => new EarlyStopping(2, 0.5),
        () => new CheckpointOptions("a"),
        () => new CheckpointOptions("a", every: TimeSpan.FromSeconds(1)),
    ];

    [Test]
    public void Two_are_equal_where_they_say_the_same()
    {
        Assert.Multiple(() =>
        {
            for (int i = 0; i < Descriptions.Length; i++)
            {
                object one = Descriptions[i]();
                for (int j = 0; j < Descriptions.Length; j++)
                {
                    object other = Descriptions[j]();
                    Assert.That(one.Equals(other), Is.EqualTo(i == j), $"{one} and {other}");
                    Assert.That(one.ToString() == other.ToString(), Is.EqualTo(i == j), $"{one} and {other}");
                    if (i == j)
                        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()), $"{one}");
                }
            }
        });
    }

    [Test]
    public void Operators_compare_what_is_said()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Corruption.Masking(0.5f) == Corruption.Masking(0.5f), Is.True);
            Assert.That(Corruption.Masking(0.5f) != Corruption.Masking(0.25f), Is.True);
            Assert.That(KlWarmup.Linear(2) == KlWarmup.Linear(2), Is.True);
            Assert.That(KlWarmup.Linear(2) != KlWarmup.None, Is.True);
            Assert.That(LearningRateSchedule.Cosine() == LearningRateSchedule.Cosine(), Is.True);
            Assert.That(LearningRateSchedule.Cosine() != LearningRateSchedule.Constant, Is.True);
            Assert.That(Network.Dense(4) == Network.Dense(4), Is.True);
            Assert.That(Network.Dense(4) != Network.Dense(5), Is.True);
            Assert.That(ComputeDevice.Gpu() == ComputeDevice.Gpu(), Is.True);
            Assert.That(ComputeDevice.Gpu() != ComputeDevice.Best, Is.True);
            Assert.That(Corruption.None == null, Is.False);
            Assert.That((Corruption?)null == null, Is.True);
        });
    }

    [TestCaseSource(nameof(Written))]
    public void Files_say_what_they_always_said(object description, string json)
    {
        string written = Encoding.UTF8.GetString(description switch
        {
            Corruption corruption => ModelJson.ToJson(corruption),
            KlWarmup warmup => ModelJson.ToJson(warmup),
            LearningRateSchedule schedule => ModelJson.ToJson(schedule),
            _ => throw new InvalidOperationException(),
        });
        Assert.That(string.Concat(written.Where(letter => !char.IsWhiteSpace(letter))), Is.EqualTo(json));
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        object read = description switch
        {
            Corruption => ModelJson.FromJson<Corruption>(bytes, "model"),
            KlWarmup => ModelJson.FromJson<KlWarmup>(bytes, "model"),
            _ => ModelJson.FromJson<LearningRateSchedule>(bytes, "model"),
        };
        Assert.That(read, Is.EqualTo(description));
    }

    private static IEnumerable<TestCaseData> Written()
    {
        yield return Case(Corruption.None, """{"corruption":"none"}""");
        yield return Case(Corruption.Gaussian(0.5f, 0.25f),
            """{"corruption":"gaussian","standardDeviation":0.5,"mean":0.25}""");
        yield return Case(Corruption.Masking(0.5f), """{"corruption":"masking","probability":0.5}""");
        yield return Case(Corruption.SaltAndPepper(0.5f, -1, 2),
            """{"corruption":"saltAndPepper","probability":0.5,"pepper":-1,"salt":2}""");
        yield return Case(Corruption.Swap(0.5f), """{"corruption":"swap","probability":0.5}""");
        yield return Case(Corruption.Swap(0.5f, 3..7),
            """{"corruption":"swap","probability":0.5,"groups":[{"first":3,"count":4}]}""");
        yield return Case(Corruption.Warp(0.5f, 0.25f, 0.125f, 1),
            """{"corruption":"warp","rotation":0.5,"scale":0.25,"shift":0.125,"shear":1}""");
        yield return Case(Corruption.Downscale(2).Then(Corruption.Clip(0, 2)),
            """{"corruption":"chain","steps":[{"corruption":"downscale","factor":2},{"corruption":"clip","least":0,"greatest":2}]}""");
        yield return Case(KlWarmup.None, """{"warmup":"none"}""");
        yield return Case(KlWarmup.Linear(3), """{"warmup":"linear","risingEpochs":3}""");
        yield return Case(KlWarmup.Cyclical(4, 0.5f), """{"warmup":"cyclical","cycles":4,"rise":0.5}""");
        yield return Case(LearningRateSchedule.Constant, """{"schedule":"constant"}""");
        yield return Case(LearningRateSchedule.Cosine(0.5f), """{"schedule":"cosine","finalFraction":0.5}""");
        yield return Case(LearningRateSchedule.Step(3, 0.5f),
            """{"schedule":"step","everyEpochs":3,"decayFactor":0.5}""");

        static TestCaseData Case(object description, string json) =>
            new TestCaseData(description, json).SetArgDisplayNames(json);
    }

    /// <summary>
    /// Options need them, so that they can be varied; of what else is public, each such member
    /// would be one more to keep.
    /// </summary>
    [Test]
    public void Only_options_have_the_members_of_a_record()
    {
        IEnumerable<string> records = typeof(AutoencoderModelOptions).Assembly.GetExportedTypes()
            .Where(type => type.GetMethod("<Clone>$") is not null).Select(type => type.Name);
        Assert.That(records.Where(name => !name.EndsWith("Options", StringComparison.Ordinal)),
            Is.EquivalentTo([nameof(EarlyStopping), nameof(ImageFormat), nameof(SequenceFormat)]));
    }
}
