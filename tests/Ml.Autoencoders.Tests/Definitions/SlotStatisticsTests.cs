using Ml.Autoencoders.Definitions;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Definitions;

internal sealed class SlotStatisticsTests : TensorTests
{
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(1000)]
    public void Parts_give_what_the_whole_has(int partRows)
    {
        // A million above 0 and 0.3 wide: float32 sums would lose all of it.
        Tensor rows = cat([Uniform([1000, 4], -3, 2), Uniform([1000, 2], 1e6, 1e6 + 1, seed: 2)], 1);
        using var slots = new SlotStatistics(withMoments: true);
        for (int start = 0; start < 1000; start += partRows)
            slots.Add(rows.narrow(0, start, Math.Min(partRows, 1000 - start)));

        Assert.Multiple(() =>
        {
            for (int slot = 0; slot < 6; slot++)
            {
                double[] values = [.. rows.select(1, slot).contiguous().Floats().Select(value => (double)value)];
                double mean = values.Average();
                Assert.That(slots.Least[slot].item<float>(), Is.EqualTo(values.Min()));
                Assert.That(slots.Greatest[slot].item<float>(), Is.EqualTo(values.Max()));
                Assert.That(slots.Mean[slot].item<double>(), Is.EqualTo(mean).Within(1e-9));
                Assert.That(slots.Deviation()[slot].item<double>(),
                    Is.EqualTo(Math.Sqrt(values.Average(value => (value - mean) * (value - mean)))).Within(1e-8));
            }
        });
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(400)]
    public void Values_that_are_missing_are_left_out(int partRows)
    {
        Tensor rows = Uniform([400, 4], 1e4, 1e4 + 1);
        rows = rows.masked_fill(Uniform([400, 4], seed: 2).lt(tensor(new[] { 0, 0.3f, 0.97f, 1 })), float.NaN);
        using var slots = new SlotStatistics(withMoments: true, withGaps: true);
        for (int start = 0; start < 400; start += partRows)
            slots.Add(rows.narrow(0, start, Math.Min(partRows, 400 - start)));

        for (int slot = 0; slot < 3; slot++)
        {
            double[] values = [.. rows.select(1, slot).contiguous().Floats().Where(value => !float.IsNaN(value))
                .Select(value => (double)value)];
            double mean = values.Average();
            Assert.That(slots.Counts[slot].item<double>(), Is.EqualTo(values.Length));
            Assert.That(slots.Least[slot].item<float>(), Is.EqualTo(values.Min()));
            Assert.That(slots.Greatest[slot].item<float>(), Is.EqualTo(values.Max()));
            Assert.That(slots.Mean[slot].item<double>(), Is.EqualTo(mean).Within(1e-9));
            Assert.That(slots.Deviation()[slot].item<double>(),
                Is.EqualTo(Math.Sqrt(values.Average(value => (value - mean) * (value - mean)))).Within(1e-8));
        }
        Assert.That(slots.FindEmpty(), Is.EqualTo(3));
        float[] all = [.. rows.Floats().Where(value => !float.IsNaN(value))];
        Assert.That(slots.Range(), Is.EqualTo(new ValueRange(all.Min(), all.Max())), "nothing of the empty slot");
    }

    [Test]
    public void Its_range_is_that_of_all_slots()
    {
        using var slots = new SlotStatistics(withMoments: true);
        slots.Add(Table([0, -2], [10, -1]));
        slots.Add(Table([4, 2]));
        Assert.That(slots.Range(), Is.EqualTo(new ValueRange(-2, 10)));
        Assert.That(slots.Range().Largest, Is.EqualTo(10));
    }

    [Test]
    public void Its_range_behind_a_scaling_is_that_of_the_scaled_rows()
    {
        Tensor rows = Uniform([50, 7], -5, 20);
        using var slots = new SlotStatistics(withMoments: true);
        slots.Add(rows);
        using InputScaler scaler = InputScaler.Learn(InputScaling.Standardize, slots)!;
        Tensor scaled = scaler.Apply(rows);
        Assert.That(slots.Range(scaler),
            Is.EqualTo(new ValueRange(scaled.min().item<float>(), scaled.max().item<float>())));
    }

    [Test]
    public void It_dies_with_its_tensors() => Assert.That(LiveTensors.Left(() =>
    {
        using var slots = new SlotStatistics(withMoments: true);
        using Tensor rows = Uniform([10, 3]);
        slots.Add(rows);
        slots.Add(rows);
        slots.Range();
    }), Is.Zero);
}
