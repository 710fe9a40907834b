using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Tests.Networks;
using Ml.Autoencoders.Tests.Training;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class CorruptionChainTests : TensorTests
{
    /// <summary>Adds without chance.</summary>
    private static readonly Corruption Brighter = Corruption.Gaussian(0, mean: 5);

    private static readonly Corruption Noise = Corruption.Gaussian(1);

    [Test]
    public void The_first_is_done_first()
    {
        Assert.That(Applied(Brighter.Then(Corruption.Clip()), -1, 0.5f), Is.EqualTo(new[] { 1f, 1 }));
        Assert.That(Applied(Corruption.Clip().Then(Brighter), -1, 0.5f), Is.EqualTo(new[] { 5f, 5.5f }));
        Assert.That(Applied(Brighter.Then(Corruption.Clip(0, 2)).Then(Brighter), -1, -4), Is.EqualTo(new[] { 7f, 6 }));
    }

    [Test]
    public void Links_of_a_chain_draw_one_after_the_other_from_one_generator()
    {
        Tensor rows = Uniform([20, 10]);
        using var one = new Generator(3);
        using var other = new Generator(3);

        float[] expected = Noise.Apply(Corruption.Masking(0.5f).Apply(rows, one), one).Floats();

        Assert.That(Corruption.Masking(0.5f).Then(Noise).Apply(rows, other).Floats(), Is.EqualTo(expected));
    }

    [Test]
    public void Chains_within_chains_are_one_chain()
    {
        Corruption clip = Corruption.Clip();
        Corruption mask = Corruption.Masking(0.5f);
        Corruption[] expected = [Brighter, clip, mask, Noise];

        Assert.That(Brighter.Then(clip).Then(mask).Then(Noise).Links, Is.EqualTo(expected));
        Assert.That(Brighter.Then(clip.Then(mask.Then(Noise))).Links, Is.EqualTo(expected));
        Assert.That(Brighter.Then(clip).Then(mask.Then(Noise)).Links, Is.EqualTo(expected));
    }

    [Test]
    public void Each_link_gets_the_shape_that_the_one_before_leaves()
    {
        Corruption quarter = Corruption.Downscale(2).Then(Brighter).Then(Corruption.Downscale(3));
        var shape = Shape.Image(1, 6, 12);
        Tensor rows = Uniform([3, 72]);
        using var random = new Generator(1);

        float[] expected = Corruption.Downscale(6).Reduce(rows, shape).add(5).Floats();

        Assert.That(quarter.Leaves(shape), Is.EqualTo(Shape.Image(1, 1, 2)));
        Assert.That(quarter.Apply(rows, shape, random).Floats(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void In_prediction_it_makes_smaller_and_does_nothing_else()
    {
        var shape = Shape.Image(1, 4, 4);
        Tensor rows = Uniform([3, 16]);

        Assert.That(Corruption.Warp().Then(Corruption.Downscale(2)).Then(Noise).Then(Corruption.Clip(0.4f, 0.5f))
            .Reduce(rows, shape).Floats(),
            Is.EqualTo(Corruption.Downscale(2).Reduce(rows, shape).Floats()));
        Assert.That(Corruption.Warp().Then(Noise).Reduce(rows, shape).Floats(), Is.EqualTo(rows.Floats()));
    }

    [Test]
    public void It_needs_pictures_and_reduces_where_a_link_does()
    {
        Assert.That(Properties(Noise.Then(Corruption.Clip())), Is.EqualTo((false, false)));
        Assert.That(Properties(Noise.Then(Corruption.Warp())), Is.EqualTo((true, false)));
        Assert.That(Properties(Noise.Then(Corruption.Downscale(2))), Is.EqualTo((true, true)));

        static (bool NeedsImage, bool Reduces) Properties(Corruption corruption) =>
            (corruption.NeedsImage, corruption.Reduces);
    }

    [Test]
    public void A_chain_comes_back_from_a_model_file()
    {
        Corruption chain = Corruption.None.Then(Corruption.Gaussian(0.5f, 0.25f)).Then(Corruption.Masking(0.1f))
            .Then(Corruption.SaltAndPepper(0.2f, -1, 2)).Then(Corruption.Clip(-1, 2))
            .Then(Corruption.Warp(0.1f, 0.2f, 0.3f, 0.4f)).Then(Corruption.Swap(0.3f));
        NetworkPlan plan = Network.Dense(4).Plan(12, 2);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(), Fitting.MeanSquaredError,
            chain, InputScaling.None)
        {
            Image = new ImageFormat(2, 6),
        };
        var description = new ModelDescription(ModelDescription.CurrentVersion, new ColumnNames("Row", "Code"),
            definition, new TrainingOptions { Epochs = 1 }.Completed(Defaults.Standard), []);

        Corruption read = ModelJson.Read(ModelJson.Write(description)).Model.Corruption;

        Assert.That(read, Is.EqualTo(chain));
        Assert.That(read.Links, Has.Count.EqualTo(7));
    }

    [Test]
    public void Chains_of_the_same_links_are_equal_and_say_which_they_are()
    {
        Assert.That(Noise.Then(Corruption.Clip()), Is.EqualTo(Corruption.Gaussian(1).Then(Corruption.Clip())));
        Assert.That(Noise.Then(Corruption.Clip()).GetHashCode(),
            Is.EqualTo(Corruption.Gaussian(1).Then(Corruption.Clip()).GetHashCode()));
        Assert.That(Noise.Then(Corruption.Clip()), Is.Not.EqualTo(Corruption.Clip().Then(Noise)));
        Assert.That(Noise.Then(Corruption.Clip()).ToString(), Is.EqualTo($"{Noise}, then {Corruption.Clip()}"));
    }

    [Test]
    public void Nothing_cannot_follow() =>
        Assert.That(() => Noise.Then(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("next"));

    private static float[] Applied(Corruption corruption, params float[] row)
    {
        using var random = new Generator(1);
        return corruption.Apply(Table(row), random).Floats();
    }
}
