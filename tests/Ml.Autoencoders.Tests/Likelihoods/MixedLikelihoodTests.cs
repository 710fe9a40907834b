using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Likelihoods;

/// <summary>Numbers beside categories: slots 1 to 3 and 5 of six.</summary>
internal sealed class MixedLikelihoodTests : TensorTests
{
    private const int Size = 6;
    private static readonly SlotGroup[] Categories = [new(1, 3), new(5, 1)];
    private static readonly MixedLikelihood Mixed = new(Size, Categories);

    [Test]
    public void Classes_that_are_all_as_likely_cost_the_logarithm_of_their_number()
    {
        float[] errors = Mixed.SlotErrors(Table([7, 0, 1, 0, 5, 0]), Table([7, 0, 0, 0, 5, 0])).Floats();
        // Twice ln 4: three slots and none. At the second category no slot is 1: that is one of two classes.
        Assert.That(errors, Is.EqualTo(new[] { 0, 0, 2 * Math.Log(4), 0, 0, 2 * Math.Log(2) }).Within(1e-6));
    }

    [Test]
    public void A_case_by_hand()
    {
        // Log-odds 1, 2 and -1 against none: S = 1 + e + e² + 1/e = 11.4752.
        double s = 1 + Math.E + Math.E * Math.E + 1 / Math.E;
        Tensor output = Table([0.5f, 1, 2, -1, 0, 3]);
        Assert.That(Mixed.SlotErrors(Table([2, 1, 0, 0, 1, 1]), output).Floats(), Is.EqualTo(new[]
        {
            1.5 * 1.5, -2 * Math.Log(Math.E / s), 0, 0, 1, -2 * Math.Log(1 / (1 + Math.Exp(-3))),
        }).Within(1e-5));
        Assert.That(Mixed.ReconstructionOf(output).Floats(), Is.EqualTo(new[]
        {
            0.5, Math.E / s, Math.E * Math.E / s, 1 / Math.E / s, 0, 1 / (1 + Math.Exp(-3)),
        }).Within(1e-6));
    }

    [Test]
    public void None_of_the_slots_is_a_class_whose_error_is_shared_by_them()
    {
        double s = 1 + Math.E + Math.E * Math.E + 1 / Math.E;
        float[] errors = Mixed.SlotErrors(Table([0, 0, 0, 0, 0, 0]), Table([0, 1, 2, -1, 0, 0])).Floats();
        Assert.That(errors[1..4], Is.All.EqualTo(2 * Math.Log(s) / 3).Within(1e-5));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_category_of_one_slot_is_a_Bernoulli_variable(float target)
    {
        var single = new MixedLikelihood(1, [new(0, 1)]);
        foreach (float logit in new[] { -80f, -3, 0, 2.5f, 80 })
        {
            float expected = new BernoulliLikelihood().SlotErrors(Table([target]), Table([logit])).Floats()[0];
            Assert.That(single.SlotErrors(Table([target]), Table([logit])).Floats()[0],
                Is.EqualTo(2 * expected).Within(1e-5));
            Assert.That(single.ReconstructionOf(Table([logit])).Floats()[0],
                Is.EqualTo(new BernoulliLikelihood().ReconstructionOf(Table([logit])).Floats()[0]).Within(1e-6));
        }
    }

    [Test]
    public void Log_odds_far_apart_overflow_nowhere()
    {
        Tensor output = Table([0, 1e5f, -1e5f, 3e4f, 0, -1e5f]);
        Assert.That(Mixed.SlotErrors(Table([0, 0, 1, 0, 0, 1]), output).Floats(),
            Is.EqualTo(new[] { 0, 0, 4e5f, 0, 0, 2e5f }).Within(1e-4).Percent);
        Assert.That(Mixed.SlotErrors(Table([0, 1, 0, 0, 0, 0]), output).Floats(), Has.All.Zero);
        Assert.That(Mixed.ReconstructionOf(output).Floats(), Is.EqualTo(new[] { 0f, 1, 0, 0, 0, 0 }));
    }

    [Test]
    public void What_lies_beyond_zero_and_one_counts_as_far_as_it_does()
    {
        float[] errors = Mixed.SlotErrors(Table([0, 4, 0, 0, 0, -2]), Table([0, 50, 0, 0, 0, -50])).Floats();
        Assert.That(errors, Is.EqualTo(new[] { 0, 9f, 0, 0, 0, 4 }).Within(1e-5));
    }

    [Test]
    public void The_error_of_a_row_is_the_mean_over_columns_that_are_there()
    {
        Tensor rows = Table([2, 0, 1, 0, 0, 1], [float.NaN, float.NaN, float.NaN, float.NaN, 0, float.NaN],
            [0, float.NaN, float.NaN, float.NaN, 3, 1]);
        Tensor output = zeros([3, Size]);
        Assert.That(Mixed.RowError(Mixed.Gapped<TorchArray>(rows, mayHaveGaps: true), output).Floats(),
            Is.EqualTo(new[]
            {
                (4 + 2 * Math.Log(4) + 2 * Math.Log(2)) / 4, 0, (9 + 2 * Math.Log(2)) / 3,
            }).Within(1e-5));
    }

    [TestCase(1)]
    [TestCase(0.3f)]
    public void The_density_of_a_row_is_the_product_of_those_of_its_columns(float variance)
    {
        var likelihood = new MixedLikelihood(Size, Categories, variance);
        (double x, double y) = (1.25, -0.5);
        double s = 1 + Math.E + Math.E * Math.E + 1 / Math.E;
        double expected = Normal(x - 0.5) + Normal(y - 2) + Math.Log(Math.E * Math.E / s)
            + Math.Log(1 - 1 / (1 + Math.Exp(-3)));
        float error = likelihood.RowError(Table([(float)x, 0, 1, 0, (float)y, 0]), Table([0.5f, 1, 2, -1, 2, 3]))
            .Floats()[0];
        Assert.That(likelihood.LogProbability<Number>(error, Size, null!).Value, Is.EqualTo(expected).Within(1e-5));

        double Normal(double distance) =>
            -distance * distance / (2 * variance) - 0.5 * Math.Log(2 * Math.PI * variance);
    }

    [TestCase(1)]
    [TestCase(0.3f)]
    public void With_gaps_it_is_the_product_of_those_that_are_there(float variance)
    {
        var likelihood = new MixedLikelihood(Size, Categories, variance);
        Tensor row = Table([1.25f, float.NaN, float.NaN, float.NaN, float.NaN, 0]);
        GappedRows<TorchArray> rows = likelihood.Gapped<TorchArray>(row, mayHaveGaps: true);
        TorchArray error = likelihood.RowError<TorchArray>(rows, Table([0.5f, 1, 2, -1, 2, 3]));
        TorchArray whole = likelihood.LogProbability(error, Size, default(WeightFinder<TorchArray>)!);
        double expected = -0.75 * 0.75 / (2 * variance) - 0.5 * Math.Log(2 * Math.PI * variance)
            + Math.Log(1 - 1 / (1 + Math.Exp(-3)));
        Assert.That(likelihood.Part(rows, whole).Floats()[0], Is.EqualTo(expected).Within(1e-5));
        Assert.That(likelihood.Part([0, 1, 1, 1, 1, 0], whole.Floats()[0]), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Gradients_are_limits_of_differences()
    {
        const double step = 1e-6;
        Tensor target = tensor(new double[] { 0.3, 0, 1, 0, -2, 0, 1.1, 0, 0, 0, 0.5, 1 }, [2, Size]);
        double[] point = Uniform([2, Size], -3, 3, seed: 5, type: ScalarType.Float64).Doubles();
        Tensor output = tensor(point, [2, Size], requires_grad: true);
        Mixed.SlotErrors(target, output).sum().backward();
        double[] differences = [.. Enumerable.Range(0, point.Length)
            .Select(i => (At(i, step) - At(i, -step)) / (2 * step))];
        Assert.That(output.grad!.Doubles(), Is.EqualTo(differences).Within(1e-6));

        double At(int i, double shift)
        {
            double[] moved = [.. point];
            moved[i] += shift;
            return Mixed.SlotErrors(target, tensor(moved, [2, Size])).sum().item<double>();
        }
    }

    [Test]
    public void Rows_in_managed_memory_have_the_same_errors_and_reconstructions()
    {
        Tensor output = Uniform([40, Size], -6, 6, seed: 3);
        float[][] rows = [.. Enumerable.Range(0, 40).Select(i => new[]
        {
            i / 20f, i % 4 == 1 ? 1 : 0, i % 4 == 2 ? 1 : 0, i % 4 == 3 ? 1 : 0, -i / 30f, i % 2,
        })];
        float[] expected = Mixed.SlotErrors(Table(rows), output).Floats();
        float[] reconstructed = Mixed.ReconstructionOf(output).Floats();
        var errors = new float[Size];
        for (int i = 0; i < rows.Length; i++)
        {
            float[] given = output.Floats()[(i * Size)..((i + 1) * Size)];
            Mixed.SlotErrors(rows[i], given, errors);
            Assert.That(errors, Is.EqualTo(expected[(i * Size)..((i + 1) * Size)]).Within(1e-5));
            Mixed.ReconstructionOf(given);
            Assert.That(given, Is.EqualTo(reconstructed[(i * Size)..((i + 1) * Size)]).Within(1e-6));
        }
    }

    [Test]
    public void Several_outputs_of_a_row_have_the_errors_that_each_has()
    {
        Tensor target = Table([1, 0, 1, 0, 2, 1], [0, 0, 0, 0, 1, 0]);
        Tensor outputs = Uniform([3, 2, Size], -4, 4, seed: 7);
        float[] together = Mixed.SlotErrors(target, outputs).Floats();
        for (int draw = 0; draw < 3; draw++)
        {
            Assert.That(together[(draw * 2 * Size)..((draw + 1) * 2 * Size)],
                Is.EqualTo(Mixed.SlotErrors(target, outputs.select(0, draw)).Floats()).Within(1e-6));
        }
    }

    [Test]
    public void The_error_of_the_mean_row_is_its_variances_and_twice_its_entropies()
    {
        // Variances 4 and 0; classes 1/2, 1/4, 0 and 1/4 none; 3/4 and 1/4.
        Tensor rows = Table([2, 1, 0, 0, 5, 1], [-2, 1, 0, 0, 5, 1], [2, 0, 1, 0, 5, 1], [-2, 0, 0, 0, 5, 0]);
        double first = Math.Log(2) / 2 + 2 * Math.Log(4) / 4;
        double second = 0.75 * Math.Log(4 / 3.0) + 0.25 * Math.Log(4);
        Assert.That(Mixed.ErrorOfMean(rows), Is.EqualTo((4 + 2 * first + 2 * second) / 4).Within(1e-4));
        Assert.That(Mixed.ErrorOfShares([0.5, 0.25, 0]), Is.EqualTo(2 * first).Within(1e-9));
    }

    [Test]
    public void Columns_are_counted_and_summed()
    {
        SlotColumns columns = Mixed.Columns;
        Assert.That(columns.All, Is.EqualTo(new SlotGroup[] { new(0, 1), new(1, 3), new(4, 1), new(5, 1) }));
        Assert.That(columns.Numbers, Is.EqualTo(2));
        Assert.That(columns.Shares, Is.EqualTo(new[] { 1, 1 / 3f, 1 / 3f, 1 / 3f, 1, 1 }));
        Assert.That(columns.SumsOfColumns<TorchArray>(Table([1, 2, 3, 4, 5, 6])).Floats(),
            Is.EqualTo(new float[] { 1, 9, 5, 6 }));
    }

    [Test]
    public void A_category_counts_as_a_whole_in_a_score()
    {
        // Mean errors 0.5; 0.1 + 0.2 + 0.3; 0; 0.4. The third has at least a hundredth of its variance, 9.
        float[] weights = SlotWeights.From([0.5, 0.1, 0.2, 0.3, 0, 0.4], [0, 0.5, 0.25, 0.25, 0, 0.5],
            [1, 0, 0, 0, 3, 0], [10, 10, 10, 10, 10, 10], Mixed);
        Assert.That(weights, Is.EqualTo(new[]
        {
            1 / (4 * 0.5f), 1 / (4 * 0.6f), 1 / (4 * 0.6f), 1 / (4 * 0.6f), 1 / (4 * SmallestShare * 9),
            1 / (4 * 0.4f),
        }).Within(1e-3).Percent);
    }

    [Test]
    public void A_file_whose_columns_would_take_too_much_is_refused() => Assert.That(
        () => new MixedLikelihood(1 << 24, [new(0, 2)]).Check(Place.Entry("likelihood")),
        Throws.TypeOf<FormatException>().With.Message.Contains("the product must be at most 67,108,864"));

    [TestCase(0, 1, 3, "slots is 0")]
    [TestCase(6, 4, 3, "holds the slots 4..7, and a row has 6")]
    [TestCase(6, -1, 3, "must begin at slot 0 or later")]
    [TestCase(6, 1, 0, "hold at least one")]
    public void A_file_with_other_slots_is_refused(int slots, int first, int count, string said) =>
        Assert.That(() => new MixedLikelihood(slots, [new(first, count)]).Check(Place.Entry("likelihood")),
            Throws.TypeOf<FormatException>().With.Message.Contains(said));

    [Test]
    public void A_file_without_categories_is_refused()
    {
        Assert.That(() => new MixedLikelihood(6, []).Check(Place.Entry("likelihood")),
            Throws.TypeOf<FormatException>().With.Message.Contains("categories is empty"));
        Assert.That(() => new MixedLikelihood(6, null!).Check(Place.Entry("likelihood")),
            Throws.TypeOf<FormatException>().With.Message.Contains("categories"));
    }

    private const float SmallestShare = 0.03f;
}
