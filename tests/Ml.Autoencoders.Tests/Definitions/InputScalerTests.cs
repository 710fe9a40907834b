using Ml.Autoencoders.Definitions;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Definitions;

internal sealed class InputScalerTests : TensorTests
{
    [Test]
    public void Min_max_brings_the_least_to_0_and_the_greatest_to_1()
    {
        Tensor rows = Table([0, -2], [10, -1], [4, 2]);
        using InputScaler scaler = Learn(InputScaling.MinMax, rows)!;

        Assert.Multiple(() =>
        {
            Assert.That(scaler.Offset.Floats(), Is.EqualTo(new[] { 0f, -2 }));
            Assert.That(scaler.Scale.Floats(), Is.EqualTo(new[] { 10f, 4 }));
            Assert.That(scaler.Apply(rows).Floats(), Is.EqualTo(new[] { 0, 0, 1, 0.25f, 0.4f, 1 }));
        });
    }

    [Test]
    public void Standardizing_brings_mean_and_population_deviation_to_0_and_1()
    {
        Tensor rows = Table([1, 0], [3, 0], [5, 0], [7, 8]);
        using InputScaler scaler = Learn(InputScaling.Standardize, rows)!;

        Assert.Multiple(() =>
        {
            Assert.That(scaler.Offset.Doubles(), Is.EqualTo(new[] { 4.0, 2 }).Within(1e-6));
            Assert.That(scaler.Scale.Doubles(), Is.EqualTo(new[] { Math.Sqrt(5), Math.Sqrt(12) }).Within(1e-6));
            Assert.That(scaler.Apply(rows).mean([0]).Doubles(), Has.All.Zero.Within(1e-6));
            Assert.That(scaler.Apply(rows).square().mean([0]).Doubles(), Has.All.EqualTo(1).Within(1e-6));
        });
    }

    [Test]
    public void None_learns_nothing() =>
        Assert.That(Learn(InputScaling.None, Table([1, 2])), Is.Null);

    // 0.1 has no exact float32, and its sums round.
    [TestCase(InputScaling.MinMax, 0.1f)]
    [TestCase(InputScaling.Standardize, 0.1f)]
    [TestCase(InputScaling.MinMax, -1234567.9f)]
    [TestCase(InputScaling.Standardize, -1234567.9f)]
    [TestCase(InputScaling.Standardize, 0f)]
    public void A_constant_slot_goes_to_0_and_is_not_stretched(InputScaling scaling, float value)
    {
        Tensor rows = full([1001, 1], value);
        using InputScaler scaler = Learn(scaling, rows)!;

        Assert.Multiple(() =>
        {
            Assert.That(scaler.Scale.Floats(), Is.EqualTo(new[] { 1f }));
            Assert.That(scaler.Apply(rows).Floats(), Has.All.Zero);
            Assert.That(scaler.Undo(scaler.Apply(rows)).Floats(), Has.All.EqualTo(value));
        });
    }

    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void One_row_is_constant(InputScaling scaling)
    {
        using InputScaler scaler = Learn(scaling, Table([3, -4]))!;

        Assert.That(scaler.Apply(Table([3, -4], [4, -6])).Floats(), Is.EqualTo(new[] { 0f, 0, 1, -2 }));
    }

    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void Undoing_leads_back(InputScaling scaling)
    {
        Tensor rows = Uniform([100, 7], -5, 20);
        using InputScaler scaler = Learn(scaling, rows)!;

        Assert.That(scaler.Undo(scaler.Apply(rows)).Doubles(), Is.EqualTo(rows.Doubles()).Within(2e-5));
    }

    [Test]
    public void A_small_variation_on_a_large_offset_is_kept()
    {
        // Steps of 1/16 are the finest that float32 has at a million: eight values with a deviation of 0.14.
        float[] values = [.. Enumerable.Range(0, 4000).Select(i => 1e6f + i % 8 / 16f)];
        Tensor rows = tensor(values, [values.Length, 1]);
        double expected = Math.Sqrt(Enumerable.Range(0, 8).Average(i => (i / 16.0 - 7 / 32.0) * (i / 16.0 - 7 / 32.0)));

        using InputScaler standard = Learn(InputScaling.Standardize, rows)!;
        using InputScaler minMax = Learn(InputScaling.MinMax, rows)!;

        Assert.Multiple(() =>
        {
            Assert.That(standard.Scale.Doubles()[0], Is.EqualTo(expected).Within(1e-6));
            // The mean itself has to be rounded to 1/16.
            Assert.That(standard.Offset.Doubles()[0], Is.EqualTo(1e6 + 7 / 32.0).Within(1 / 31.0));
            Assert.That(minMax.Apply(rows).Floats().Take(8),
                Is.EqualTo(Enumerable.Range(0, 8).Select(i => i / 7f)).Within(1e-6f));
        });
    }

    [Test]
    public void In_place_is_the_same_map()
    {
        Tensor rows = Uniform([10, 3], -5, 20);
        using InputScaler scaler = Learn(InputScaling.Standardize, rows)!;
        float[] expected = scaler.Apply(rows).Floats();

        scaler.ApplyInPlace(rows);

        Assert.That(rows.Floats(), Is.EqualTo(expected));
    }

    [Test]
    public void Its_tensors_outlive_the_scope_of_the_caller_and_die_with_it()
    {
        Assert.That(LiveTensors.Left(() =>
        {
            InputScaler scaler;
            using (NewDisposeScope())
                scaler = Learn(InputScaling.Standardize, Uniform([10, 3]))!;
            using (scaler)
            using (InputScaler copy = scaler.To(CPU))
                Assert.That(copy.Scale.Floats(), Is.EqualTo(scaler.Scale.Floats()));
        }), Is.Zero);
    }

    private static InputScaler? Learn(InputScaling scaling, Tensor rows)
    {
        using var slots = new SlotStatistics(withMoments: scaling == InputScaling.Standardize);
        slots.Add(rows);
        return InputScaler.Learn(scaling, slots);
    }
}
