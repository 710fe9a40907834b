using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>
/// A formula is written once, in the operations of <c>Arrays/</c>. What computes these is named in the tables of the
/// back ends, and outside of them only where this list says why.
/// </summary>
internal sealed partial class FormulaTests
{
    private const string Table = "the table of a back end";
    private const string Constant = "a constant, computed once";
    private const string Noise = "makes random numbers";
    private const string Training = "is computed while training, with torch alone";
    private const string Mixture = "fits and evaluates a mixture in double";

    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Arrays/Lanes.cs"] = Table,
        ["Arrays/Number.cs"] = Table,
        ["Arrays/OnnxArray.cs"] = Table,
        ["Arrays/TorchArray.cs"] = Table,
        ["Tensors/ScalarOperations.cs"] = "torch's functions that take a number",
        ["Kernels/Cpu.cs"] = "the door between torch's cross-entropy and our own, which TorchArray asks",
        ["Kernels/CrossEntropyKernel.cs"] = "the error with its slopes in one pass, which TorchArray asks for",
        ["Kernels/CpuRecurrence.cs"] = "gates with what their slopes are made of, which TorchArray asks for",
        ["Codes/NormalNumber.cs"] = Constant,
        ["Codes/HypersphericalBottleneck.cs"] = Constant,
        ["Codes/SpherePrior.cs"] = Constant,
        ["Likelihoods/GaussianLikelihood.cs"] = Constant,
        ["Likelihoods/LearnedGaussianLikelihood.cs"] = Constant,
        ["Likelihoods/BernoulliLikelihood.cs"] = "the log-odds of a fit's mean row",
        ["Likelihoods/CategoryClasses.cs"] =
            "the classes of a category of a row in managed memory, one after the other",
        ["Likelihoods/MixedLikelihood.cs"] = Constant,
        ["Likelihoods/CategoricalLikelihood.cs"] =
            "the keys of a row in managed memory, one after the other, and the shares of a fit's keys",
        ["Codes/AffineCoupling.cs"] = Training,
        ["Codes/Codebook.cs"] = Training,
        ["Codes/RingPrior.cs"] = Training,
        ["Codes/VampPrior.cs"] = Training,
        ["Objectives/ImportanceWeights.cs"] = Training,
        ["Objectives/TotalCorrelation.cs"] = Training,
        ["Models/TorchPrediction.cs"] = "adds up blocks of draws, with torch alone",
        ["ManagedScoring/DrawSum.cs"] = "adds up draws one by one, without torch",
        ["Codes/PolarAngle.cs"] = "integrals of one angle in double",
        ["Codes/CodeMixture.cs"] = Mixture,
        ["Codes/ExpectationMaximization.cs"] = Mixture,
        ["Codes/Gaussian.cs"] = Mixture,
        ["Codes/RandomDraws.cs"] = Noise,
        ["Tensors/NormalNumbers.cs"] = Noise,
        ["Tensors/GumbelNumbers.cs"] = Noise,
        ["Generation/NormalQuantiles.cs"] = Noise,
    };

    [Test]
    public void Functions_are_named_by_back_ends_alone_or_for_a_reason()
    {
        string root = Repository.PathOf("src/Ml.Autoencoders");
        string[] found = [.. from path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                             let name = Path.GetRelativePath(root, path).Replace('\\', '/')
                             where !name.StartsWith("obj/", StringComparison.Ordinal)
                             where File.ReadLines(path).Any(Names)
                             select name];
        Assert.That(found.Except(Allowed.Keys), Is.Empty, "They name functions that Arrays/ has operations for.");
        Assert.That(Allowed.Keys.Except(found), Is.Empty, "They name none any more.");
    }

    [TestCase("x.exp()", true)]
    [TestCase("nn.functional.gelu(x)", true)]
    [TestCase("Vector256.Log(x)", true)]
    [TestCase("To(\"Erf\")", true)]
    [TestCase("Math.Tanh(2)", true)]
    [TestCase("x.Exp()", false)]
    [TestCase("/// <summary>exp(x)</summary>", false)]
    public void A_planted_line(string line, bool isFound) => Assert.That(Names(line), Is.EqualTo(isFound));

    private static bool Names(string line) => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        && Function().IsMatch(line);

    [GeneratedRegex(
        @"\b(?:Math|MathF|Vector256|Vector512|TensorPrimitives)\.(?:Exp|ExpM1|Log|LogP1|Tanh|Sigmoid|SoftMax|Asinh)\b"
        + @"|\.(?:exp|expm1|log|log1p|logsumexp|logaddexp|sigmoid|tanh|erf|erfinv|softplus|gelu|silu|elu|asinh|xlogy|logit"
        + @"|lgamma|mse_loss|binary_cross_entropy_with_logits)\("
        + @"|""(?:Exp|Log|Tanh|Sigmoid|Erf|Softplus|Elu|Asinh)""")]
    private static partial Regex Function();
}
