using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// The code is a normal variable with independent dimensions, q(z|x) = N(μ(x), σ²(x)): the encoder gives μ and ln σ²
/// (Kingma and Welling 2014, equation 9). Training draws from it, prediction takes the mean.
/// </summary>
/// <param name="LogVariance">Where the encoder's numbers are ln σ² as they are; null where they are so everywhere, as
/// in models of version 1 of the file.</param>
internal sealed record GaussianBottleneck(LogVarianceBounds? LogVariance = null) : Bottleneck
{
    /// <summary>That of new models.</summary>
    public static GaussianBottleneck Bounded { get; } = new(LogVarianceBounds.Default);

    public override void Check(Place place, int codeSize) => LogVariance?.Check(place.Part(nameof(LogVariance)));

    public override int EncoderOutputs(int codeSize) => 2 * codeSize;

    public override bool HasPosterior => true;

    public override bool HasIndependentNumbers => true;

    public override Posterior Posterior(Tensor encoded) => DiagonalGaussian.Of(encoded);

    public override OnnxPosterior ExportPosterior(OnnxValue encoded, int codeSize) =>
        new OnnxGaussian(Export(encoded, codeSize), ExportLogVariance(encoded, codeSize));

    /// <summary>The managed draws support the divergence from this prior alone.</summary>
    public override bool DrawsManaged(CodePrior? prior) => prior is NormalPrior;

    public override IReadOnlyList<CodeColumn> Columns(int codeSize) =>
    [
        new("LogVariance", codeSize, (encoded, _) => DiagonalGaussian.Of(encoded).LogVariance)
        {
            ManagedStart = codeSize,
            Export = encoded => ExportLogVariance(encoded, codeSize),
        },
    ];

    public override Tensor Code(Tensor encoded, BoundNetwork weights) => DiagonalGaussian.Of(encoded).Mean;

    /// <summary>A fit that was begun without bounds is completed without them.</summary>
    public override Bottleneck AsBegun(Bottleneck begun) =>
        begun is GaussianBottleneck { LogVariance: null } ? begun : this;

    public override Tensor Read(Tensor encoded)
    {
        if (LogVariance is null || IsWithin(encoded, LogVariance))
            return encoded;
        DiagonalGaussian given = DiagonalGaussian.Of(encoded);
        return cat([given.Mean, LogVariance.Hold<TorchArray>(given.LogVariance)], dim: 1); // 2 x [B, Z] -> [B, 2Z]
    }

    /// <summary>
    /// Whether nothing is to be held, as in most batches; checking that costs less than computing
    /// it. A GPU is not waited for.
    /// </summary>
    private static bool IsWithin(Tensor encoded, LogVarianceBounds bounds)
    {
        if (!encoded.HasNumbers || !encoded.is_contiguous())
            return false;
        Span<float> numbers = encoded.Numbers;
        var size = (int)encoded.shape[1];
        for (int start = 0; start < numbers.Length; start += size)
        {
            foreach (float number in numbers.Slice(start + size / 2, size / 2))
            {
                if (!(number >= bounds.Least && number <= bounds.Greatest))
                    return false;
            }
        }
        return true;
    }

    protected override void Read(Span<float> encoded) => LogVariance?.Hold(encoded[(encoded.Length / 2)..]);

    /// <summary>ln σ² as nodes of an ONNX graph: what the encoder gave, <c>[B, 2Z]</c>, to <c>[B, Z]</c>.</summary>
    private OnnxValue ExportLogVariance(OnnxValue encoded, int codeSize)
    {
        var numbers = new OnnxArray(encoded.Columns(codeSize, codeSize), -1, codeSize);
        return (LogVariance?.Hold(numbers) ?? numbers).Value;
    }

    public override OnnxValue Export(OnnxValue encoded, int codeSize) => encoded.Columns(0, codeSize);
}
