namespace Ml.Autoencoders.Tests.Training;

internal sealed class LearningRateScheduleTests
{
    [TestCase(0)]
    [TestCase(7.5)]
    [TestCase(10)]
    public void Constant_stays(double epoch) =>
        Assert.That(LearningRateSchedule.Constant.Factor(epoch, 10), Is.EqualTo(1));

    [TestCase(0, 0, 1)]
    [TestCase(0, 2.5, 0.85355339)]
    [TestCase(0, 5, 0.5)]
    [TestCase(0, 10, 0)]
    [TestCase(0.2f, 0, 1)]
    [TestCase(0.2f, 5, 0.6)]
    [TestCase(0.2f, 10, 0.2)]
    [TestCase(1, 5, 1)]
    public void Cosine_falls_by_half_a_wave_to_its_last_fraction(float finalFraction, double epoch, double expected) =>
        Assert.That(LearningRateSchedule.Cosine(finalFraction).Factor(epoch, 10), Is.EqualTo(expected).Within(1e-7));

    [TestCase(0, 1)]
    [TestCase(2.99, 1)]
    [TestCase(3, 0.5)]
    [TestCase(5.99, 0.5)]
    [TestCase(6, 0.25)]
    [TestCase(10, 0.125)]
    public void Step_falls_every_so_many_epochs(double epoch, double expected) =>
        Assert.That(LearningRateSchedule.Step(3, 0.5f).Factor(epoch, 10), Is.EqualTo(expected).Within(1e-12));

    [TestCase(-0.1f, "-0.1; it must be at least 0.")]
    [TestCase(1.1f, "1.1; it must be at most 1.")]
    [TestCase(float.NaN, "NaN; it must be a finite number.")]
    public void A_last_fraction_outside_0_and_1_is_refused(float fraction, string fault) =>
        Assert.That(() => LearningRateSchedule.Cosine(fraction),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            $"LearningRateSchedule.Cosine: finalFraction is {fault} (Parameter 'finalFraction')"));

    [Test]
    public void Steps_need_an_epoch() =>
        Assert.That(() => LearningRateSchedule.Step(0),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "LearningRateSchedule.Step: everyEpochs is 0; it must be at least 1. (Parameter 'everyEpochs')"));

    [TestCase(0f, "0")]
    [TestCase(-1f, "-1")]
    [TestCase(1.5f, "1.5")]
    [TestCase(float.NaN, "NaN")]
    public void A_factor_that_does_not_lower_the_rate_is_refused(float factor, string shown) =>
        Assert.That(() => LearningRateSchedule.Step(3, factor), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith($"LearningRateSchedule.Step: factor is {shown}; it must be "));
}
