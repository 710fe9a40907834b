using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>What training comes to, where theory says what it has to be.</summary>
internal sealed class LearnedCodesTests : TensorTests
{
    [TestCase(1, 1.01)]
    [TestCase(2, 1.5)]
    public void A_linear_autoencoder_finds_the_principal_subspace(int codeSize, double margin)
    {
        // Baldi and Hornik 1989: no linear autoencoder is better than projection on the principal components.
        Tensor rows = Fitting.Data(256);
        rows -= rows.mean([0]);
        (_, Tensor singular, _) = linalg.svd(rows.to(ScalarType.Float64), fullMatrices: false);
        double best = singular.Doubles().Skip(codeSize).Sum(value => value * value) / (256 * Row.Size);
        using AutoencoderModel model = Fitting.Model(Network.Dense(), codeSize);
        var options = new TrainingOptions
        {
            Epochs = 150,
            BatchSize = 32,
            LearningRate = 2e-2f,
            Schedule = LearningRateSchedule.Cosine(),
        };

        Fitting.Fit(model, options, rows);

        Assert.That(model.Error(rows), Is.InRange(best * 0.999, best * margin));
    }

    [Test]
    public void History_tells_the_terms_of_a_sparse_loss_and_their_weighted_sum()
    {
        using AutoencoderModel model = Sparse(0.01f);

        TrainingResult result = Fitting.Fit(model, Small.Training(), Fitting.Data(50), Fitting.Data(20));

        foreach (EpochLoss loss in result.History.SelectMany(epoch => new[] { epoch.Training, epoch.Validation! }))
        {
            Assert.Multiple(() =>
            {
                Assert.That(loss.Terms.Keys, Is.EqualTo(new[] { "reconstruction", "sparsity" }));
                Assert.That(loss.Total, Is.EqualTo(loss.Terms["reconstruction"] + 0.01f * loss.Terms["sparsity"])
                    .Within(1e-12));
                Assert.That(loss.Terms.Values, Has.All.Positive);
            });
        }
    }

    [Test]
    public void A_plain_loss_has_one_term()
    {
        using AutoencoderModel model = Fitting.Model();

        TrainingResult result = Fitting.Fit(model, Small.Training(), Fitting.Data(50));

        Assert.That(result.History.SelectMany(epoch => epoch.Training.Terms.Keys).Distinct(StringComparer.Ordinal),
            Is.EqualTo(new[] { "reconstruction" }));
    }

    [Test]
    public void A_larger_weight_gives_more_exact_zeros()
    {
        double none = ShareOfZeros(0);
        double some = ShareOfZeros(1e-2f);
        double much = ShareOfZeros(0.3f);

        Assert.That(new[] { some - none, much - some }, Has.All.GreaterThan(0.05));

        static double ShareOfZeros(float weight)
        {
            using AutoencoderModel model = Sparse(weight);
            Tensor rows = Fitting.Data(100);
            Fitting.Fit(model, Small.Training(epochs: 25), rows);
            using IDisposable noGrad = no_grad();
            return model.Score(new RowBatch(rows)).Code.Floats().Average(number => number == 0 ? 1 : 0);
        }
    }

    [Test]
    public void Denoising_brings_masked_rows_nearer_to_the_clean_ones()
    {
        Tensor rows = Fitting.Data(400);
        Corruption corruption = Corruption.Masking(0.3f);
        using AutoencoderModel model = Fitting.Model(Network.Dense(32), codeSize: 4, corruption: corruption);

        Fitting.Fit(model, Small.Training(epochs: 25), rows);

        using IDisposable noGrad = no_grad();
        Tensor fresh = Fitting.Data(200, seed: 9);
        using var random = new Generator(4);
        Tensor masked = corruption.Apply(fresh, random);
        Tensor restored = model.Score(new RowBatch(masked)).Reconstruction;
        Assert.That(Distance(restored, fresh), Is.LessThan(Distance(masked, fresh) / 5));
    }

    private static AutoencoderModel Sparse(float weight) => Fitting.Model(codeSize: 8,
        objective: new ReconstructionObjective(new GaussianLikelihood(), weight), rectified: true);

    private static double Distance(Tensor a, Tensor b) => (a - b).square().mean().item<float>();
}
