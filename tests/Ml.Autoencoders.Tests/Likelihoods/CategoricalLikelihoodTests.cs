using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Likelihoods;

internal sealed class CategoricalLikelihoodTests : TensorTests
{
    private static readonly CategoricalLikelihood Keys = new(Steps: 2, Classes: 3);

    [Test]
    public void Keys_that_are_all_as_likely_cost_ln_V_at_each_step()
    {
        Tensor target = tensor(new[] { 1f, 3, 2, 2 }, [2, 2]);
        Tensor output = full([2, 6], 0.7f);

        Assert.That(Keys.SlotErrors<TorchArray>(target, output).Floats(), Has.All.EqualTo(Math.Log(3)).Within(1e-6));
        Assert.That(Keys.RowError<TorchArray>(target, output).Floats(), Has.All.EqualTo(Math.Log(3)).Within(1e-6));
        Assert.That(LogProbability(target, output), Has.All.EqualTo(-2 * Math.Log(3)).Within(1e-6));
    }

    [Test]
    public void A_case_by_hand()
    {
        // e^0 + e^(ln 2) + e^(ln 5) = 8, and e^(ln 3) + 2 = 5.
        float[] logits = [0, (float)Math.Log(2), (float)Math.Log(5), (float)Math.Log(3), 0, 0];
        float[] row = [2, 1];
        double[] expected = [Math.Log(8 / 2.0), Math.Log(5 / 3.0)];

        Assert.That(Keys.SlotErrors<TorchArray>(tensor(row, [1, 2]), tensor(logits, [1, 6])).Floats(),
            Is.EqualTo(expected).Within(1e-6));
        var errors = new float[2];
        Keys.SlotErrors(row, logits, errors);
        Assert.That(errors, Is.EqualTo(expected).Within(1e-6));
        Assert.That(Keys.ReconstructionOf<TorchArray>(tensor(logits, [1, 6])).Floats(), Is.EqualTo(new[] { 3, 1 }));
        Assert.That(Keys.ReconstructionOf([.. logits]).ToArray(), Is.EqualTo(new[] { 3, 1 }));
    }

    [Test]
    public void A_key_that_is_missing_counts_nowhere()
    {
        Tensor target = tensor(new[] { 0f, 2, 0, 0 }, [2, 2]);
        Tensor output = Uniform([2, 6], -2, 2, seed: 1);
        float known = Keys.SlotErrors<TorchArray>(tensor(new[] { 1f, 2, 1, 1 }, [2, 2]), output).Floats()[1];

        Assert.That(Keys.SlotErrors<TorchArray>(target, output).Floats(), Is.EqualTo(new[] { 0, known, 0, 0 }));
        Assert.That(Keys.RowError<TorchArray>(target, output).Floats(), Is.EqualTo(new[] { known, 0 }).Within(1e-6));
        Assert.That(LogProbability(target, output), Is.EqualTo(new[] { -known, 0 }).Within(1e-6));
    }

    [Test]
    public void Several_codes_of_a_row_are_compared_with_the_same_keys()
    {
        Tensor target = tensor(new[] { 1f, 3, 0, 2 }, [2, 2]);
        Tensor output = Uniform([4, 2, 6], -2, 2, seed: 1);

        float[] together = Keys.SlotErrors<TorchArray>(target, output).Floats();

        Assert.That(together, Is.EqualTo(Enumerable.Range(0, 4)
            .SelectMany(code => Keys.SlotErrors<TorchArray>(target, output[code]).Floats())));
    }

    [Test]
    public void Log_odds_of_any_size_overflow_nowhere()
    {
        float[] logits = [500, -500, 0, -1e30f, 1e30f, 0];
        var errors = new float[2];
        Keys.SlotErrors([1, 2], logits, errors);
        Assert.That(errors, Is.EqualTo(new[] { 0f, 0 }));
        Keys.SlotErrors([2, 3], logits, errors);
        Assert.That(errors, Is.EqualTo(new[] { 1000f, 1e30f }));
        Assert.That(Keys.SlotErrors<TorchArray>(tensor(new[] { 2f, 3 }, [1, 2]), tensor(logits, [1, 6])).Floats(),
            Is.EqualTo(new[] { 1000f, 1e30f }));
    }

    [Test]
    public void The_gradient_is_the_limit_of_differences_and_probabilities_less_the_key()
    {
        const double Step = 1e-6;
        Tensor target = tensor(new[] { 2.0, 0 }, [1, 2]);
        double[] point = [0.3, -1, 2, 0.5, 0.1, 0.9];
        Tensor variable = tensor(point, [1, 6], requires_grad: true);

        Keys.RowError<TorchArray>(target, variable).Tensor.sum().backward();

        double[] gradient = variable.grad!.Doubles();
        double[] differences = [.. Enumerable.Range(0, point.Length)
            .Select(i => (At(i, Step) - At(i, -Step)) / (2 * Step))];
        Assert.That(gradient, Is.EqualTo(differences).Within(1e-8));
        double sum = Math.Exp(0.3) + Math.Exp(-1) + Math.Exp(2);
        Assert.That(gradient, Is.EqualTo(new[]
        {
            Math.Exp(0.3) / sum, Math.Exp(-1) / sum - 1, Math.Exp(2) / sum, 0, 0, 0,
        }).Within(1e-12));

        double At(int i, double shift)
        {
            double[] moved = [.. point];
            moved[i] += shift;
            return Keys.RowError<TorchArray>(target, tensor(moved, [1, 6])).Tensor.sum().item<double>();
        }
    }

    [Test]
    public void The_error_without_a_network_is_that_of_the_shares_of_keys_at_each_step()
    {
        Tensor rows = tensor(new[] { 1f, 2, 1, 0, 2, 0, 1, 0 }, [4, 2]);
        // Step 0: keys 1, 1, 2, 1; step 1: key 2 alone.
        double once = -Math.Log(0.25), often = -Math.Log(0.75);

        Assert.That(Keys.ErrorOfMean(rows), Is.EqualTo((3 * often + once + 0) / 5).Within(1e-6));
        Assert.That(Keys.RowErrorOfMean(rows), Is.EqualTo((often / 2 + often + once + often) / 4).Within(1e-6));
    }

    private static float[] LogProbability(Tensor target, Tensor output)
    {
        GappedRows<TorchArray> rows = Keys.Gapped<TorchArray>(target, mayHaveGaps: false);
        TorchArray whole = Keys.LogProbability<TorchArray>(Keys.RowError(rows, output), 2, (_, _) => default);
        return Keys.Part(rows, whole).Floats();
    }
}
