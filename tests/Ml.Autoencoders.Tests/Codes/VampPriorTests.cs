using Ml.Autoencoders.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class VampPriorTests : TensorTests
{
    private const string Inputs = "prior.pseudoInputs";

    private static readonly CodePrior Three = CodePrior.Vamp(3);

    [Test]
    public void Its_density_is_the_mean_of_those_of_the_encoded_pseudo_inputs()
    {
        using OwnedPrior owned = Mixture();
        float[][] codes = [[0.2f, -0.1f], [1, 2], [-8, 5]];

        double[] expected = [.. codes.Select(z => Math.Log(Components(owned).Average(component =>
            Enumerable.Range(0, 2).Aggregate(1.0, (product, j) =>
                product * Normal(z[j], component.Mean[j], component.LogVariance[j])))))];

        Assert.That(owned.Bound.LogDensity(Table(codes)).Doubles(), Is.EqualTo(expected).Within(1e-5));
        Assert.That(owned.Bound.LogDensity(Table(codes).unsqueeze(1)).shape, Is.EqualTo(new long[] { 3, 1 }));
    }

    [Test]
    public void It_has_its_digits_where_components_are_narrow_and_far_from_0()
    {
        using var owned = new OwnedPrior(CodePrior.Vamp(1), 1, spread: 0);
        Fill(owned, "encoder.0.bias", 7, -12); // mean 7, ln σ² -12

        // At the mean, and a standard deviation beside it.
        float beside = (float)(7 + Math.Exp(-6));
        double peak = 6 - Math.Log(2 * Math.PI) / 2;
        double off = (beside - 7.0) / Math.Exp(-6);
        Assert.That(owned.Bound.LogDensity(Table([7], [beside])).Doubles(),
            Is.EqualTo(new[] { peak, peak - off * off / 2 }).Within(1e-5));
    }

    [Test]
    public void Its_density_integrates_to_1()
    {
        using OwnedPrior owned = Mixture();
        var plane = new Plane(half: 12, step: 0.05);

        Assert.That(owned.Bound.LogDensity(plane.Codes).exp().sum().item<float>() * plane.Area,
            Is.EqualTo(1).Within(1e-3));
    }

    [Test]
    public void Draws_have_the_components_shares_and_moments()
    {
        const int Count = 30_000;
        using OwnedPrior owned = Mixture(apart: true);
        (double[] Mean, double[] LogVariance)[] components = Components(owned);
        using var random = new Generator(5);

        foreach (Tensor draws in new[] { owned.Draw(Count, 2), owned.Bound.Draw(Count, random) })
        {
            // Components lie tens of standard deviations apart: the nearest one is the one that a code is from.
            var found = draws.Floats().Chunk(2).GroupBy(code => Enumerable.Range(0, 3)
                .MinBy(k => Enumerable.Range(0, 2).Sum(j => Math.Pow(code[j] - components[k].Mean[j], 2)))).ToArray();
            Assert.That(found.Select(group => group.Key), Is.EquivalentTo(new[] { 0, 1, 2 }));
            foreach (IGrouping<int, float[]> group in found)
            {
                float[][] members = [.. group];
                Assert.That((double)members.Length / Count,
                    Is.EqualTo(1 / 3.0).Within(5 * Math.Sqrt(2) / 3 / Math.Sqrt(Count)));
                for (int j = 0; j < 2; j++)
                {
                    double variance = Math.Exp(components[group.Key].LogVariance[j]);
                    Assert.That(members.Average(code => code[j]),
                        Is.EqualTo(components[group.Key].Mean[j]).Within(5 * Math.Sqrt(variance / members.Length)));
                    Assert.That(members.Average(code => Math.Pow(code[j] - components[group.Key].Mean[j], 2)),
                        Is.EqualTo(variance).Within(variance * 5 * Math.Sqrt(2.0 / members.Length)));
                }
            }
        }
    }

    [Test]
    public void Gradients_of_pseudo_inputs_and_encoder_are_those_of_finite_differences([Values] bool isConvolutional)
    {
        Network network = isConvolutional
            ? Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2).BatchNorm().Silu())
            : Network.Dense([5], Activation.Gelu, batchNorm: true);
        using var owned = new OwnedPrior(Three, 2, spread: 0.7, network, inputs: 12);
        Tensor z = Uniform([6, 2], -1, 1);

        BackwardOf(() => owned.Bound.LogDensity(z).sum());

        string[] names = [.. owned.Weights.Named.Select(named => named.Spec.Name)
            .Where(name => name == Inputs || (name.StartsWith("encoder", StringComparison.Ordinal)
                && name.EndsWith("weight", StringComparison.Ordinal)))];
        Assert.That(names, Has.Length.GreaterThanOrEqualTo(3));
        foreach (string name in names)
        {
            float[] found = owned.Weights[name].grad!.Floats();
            Assert.That(found.Max(Math.Abs), Is.GreaterThan(1e-3f), name);
            foreach (int i in new[] { 0, found.Length / 2, found.Length - 1 })
            {
                double allowed = 2e-2 + 2e-2 * Math.Abs(found[i]);
                Assert.That(found[i], Is.EqualTo(Slope(owned, name, i, z)).Within(allowed), $"{name} {i}");
            }
        }
    }

    [Test]
    public void Encoding_pseudo_inputs_neither_drops_numbers_nor_moves_statistics()
    {
        Network network = Network.Compose(layers => layers.Linear(8).BatchNorm().Relu().Dropout(0.5f));
        using var owned = new OwnedPrior(Three, 2, spread: 0.7, network);
        Dictionary<string, float[]> before =
            owned.Weights.Named.ToDictionary(named => named.Spec.Name, named => named.Tensor.Floats());
        Tensor z = Uniform([4, 2], -1, 1);

        float[] first = owned.Bound.LogDensity(z).Floats();
        float[] second = owned.Bound.LogDensity(z).Floats();

        Assert.That(second, Is.EqualTo(first));
        foreach ((ParameterSpec spec, TorchSharp.Modules.Parameter now) in owned.Weights.Named)
            Assert.That(now.Floats(), Is.EqualTo(before[spec.Name]), spec.Name);
    }

    [Test]
    public void Pseudo_inputs_begin_as_blends_of_two_rows_and_as_no_row()
    {
        const int Count = 200;
        CodePrior prior = CodePrior.Vamp(Count);
        using var owned = new OwnedPrior(prior, 2, labels: 2);
        using var random = new Generator(6);
        // Each row is a corner of its own: how much of which row a blend has can be read off.
        Tensor rows = eye(5);

        prior.Begin(rows, owned.Bound, random);

        float[][] begun = [.. owned.Weights[Inputs].Floats().Chunk(5)];
        Assert.That(begun, Has.Length.EqualTo(Count));
        foreach (float[] blend in begun)
        {
            float[] shares = [.. blend.Where(share => share != 0)];
            Assert.That(shares, Has.Length.EqualTo(2).And.All.InRange(0.25f, 0.75f));
            Assert.That(shares.Sum(), Is.EqualTo(1).Within(1e-6));
        }
        Assert.That(begun.SelectMany(blend => blend.Select((share, i) => (share, i))).Where(pair => pair.share != 0)
            .Select(pair => pair.i).Distinct(),
            Is.EquivalentTo(new[] { 0, 1, 2, 3, 4 }));
        Assert.That(begun.Select(blend => blend.Max()), Is.Unique);
    }

    [Test]
    public void One_row_alone_is_made_smaller()
    {
        CodePrior prior = CodePrior.Vamp(4);
        using var owned = new OwnedPrior(prior, 2);
        using var random = new Generator(6);

        prior.Begin(Table([1, 2, 4]), owned.Bound, random);

        foreach (float[] blend in owned.Weights[Inputs].Floats().Chunk(3))
        {
            Assert.That(blend[0], Is.InRange(0.25f, 0.75f));
            Assert.That(blend, Is.EqualTo(new[] { blend[0], 2 * blend[0], 4 * blend[0] }).Within(1e-6));
        }
    }

    [Test]
    public void Many_codes_and_many_components_are_taken_a_block_at_a_time_and_each_has_the_bits_that_it_has_alone()
    {
        using var owned = new OwnedPrior(CodePrior.Vamp(500), 4, spread: 0.7);
        Tensor z = Uniform([5000, 4], -2, 2); // 2,500,000 exponents
        using IDisposable noGrad = no_grad();

        float[] together = owned.Bound.LogDensity(z).Floats();

        foreach (int i in new[] { 0, 1, 2, 3, 2096, 2097, 2098, 4999 })
            Assert.That(Bits.Of(owned.Bound.LogDensity(z.narrow(0, i, 1)).Floats()),
                Is.EqualTo(Bits.Of([together[i]])), $"{i}");
        int[] part = Bits.Of(owned.Bound.LogDensity(z.narrow(0, 7, 1001)).Floats());
        Assert.That(part, Is.EqualTo(Bits.Of(together[7..1008])));
    }

    [Test]
    public void What_is_computed_on_the_way_is_not_left_alive()
    {
        using var owned = new OwnedPrior(CodePrior.Vamp(50), 4, spread: 0.7);
        Assert.That(LiveTensors.Left(() =>
        {
            using DisposeScope scope = NewDisposeScope();
            _ = owned.Bound.LogDensity(Uniform([100, 4]));
            _ = owned.Draw(10, 4);
        }), Is.Zero);
    }

    [Test]
    public void Parameters_out_of_their_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => CodePrior.Vamp(0),
                Refused("pseudoInputs is 0; it must be at least 1. (Parameter 'pseudoInputs')"));
            Assert.That(() => CodePrior.Vamp(10_001),
                Refused("pseudoInputs is 10001; it must be at most 10000. (Parameter 'pseudoInputs')"));
            Assert.That(CodePrior.Vamp(3), Is.EqualTo(Three).And.Not.EqualTo(CodePrior.Vamp(4)));
        });

        static NUnit.Framework.Constraints.Constraint Refused(string message) =>
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"CodePrior.Vamp: {message}");
    }

    /// <summary>Three components over codes of 2.</summary>
    private static OwnedPrior Mixture(bool apart = false)
    {
        var owned = new OwnedPrior(Three, 2, spread: 0.8);
        // The encoder's outputs: two means, two log-variances. Pseudo-inputs are corners of the cube.
        float far = apart ? 40 : 1.5f;
        Fill(owned, "encoder.0.weight", far, 0, -far, 0, far, far, 0.4f, -0.6f, 0.2f, -0.3f, 0.5f, 0.1f);
        Fill(owned, "encoder.0.bias", 0.1f, -0.2f, -0.5f, 0.3f);
        Fill(owned, Inputs, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        return owned;
    }

    private static void Fill(OwnedPrior owned, string name, params float[] numbers)
    {
        using IDisposable noGrad = no_grad();
        owned.Weights[name].copy_(tensor(numbers, owned.Weights[name].shape));
    }

    /// <summary>What the encoder makes of each pseudo-input, by hand.</summary>
    private static (double[] Mean, double[] LogVariance)[] Components(OwnedPrior owned)
    {
        double[][] weight = [.. owned.Weights["encoder.0.weight"].Doubles().Chunk(3)];
        double[] bias = owned.Weights["encoder.0.bias"].Doubles();
        return [.. owned.Weights[Inputs].Doubles().Chunk(3).Select(row =>
        {
            double[] encoded = [.. weight.Select((w, i) => w.Zip(row, (a, x) => a * x).Sum() + bias[i])];
            return (encoded[..2], encoded[2..]);
        })];
    }

    private static double Normal(double z, double mean, double logVariance) =>
        Math.Exp(-(z - mean) * (z - mean) / (2 * Math.Exp(logVariance)) - logVariance / 2) / Math.Sqrt(2 * Math.PI);

    private static void BackwardOf(Func<Tensor> loss) => loss().backward();

    private static double Slope(OwnedPrior owned, string name, int index, Tensor z)
    {
        const float Step = 2e-3f;
        using IDisposable noGrad = no_grad();
        Tensor numbers = owned.Weights[name].view(-1);
        float middle = numbers[index].item<float>();
        double At(float value)
        {
            numbers[index] = value;
            return owned.Bound.LogDensity(z).Doubles().Sum();
        }
        double slope = (At(middle + Step) - At(middle - Step)) / (2 * Step);
        numbers[index] = middle;
        return slope;
    }
}
