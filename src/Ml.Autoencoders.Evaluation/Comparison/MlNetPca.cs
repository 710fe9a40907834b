using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>
/// ML.NET's own stage, <c>ProjectToPrincipalComponents</c>, which approximates the components by random projections.
/// </summary>
internal sealed class MlNetPca(MLContext ml, int seed) : Method(MlNetPca.MethodName, isPca: true)
{
    public const string MethodName = "PCA (ML.NET)";

    private const string CodeColumn = "Code";

    public override FittedMethod Fit(ComparisonData data, int codeSize)
    {
        PrincipalComponentAnalyzer estimator = ml.Transforms.ProjectToPrincipalComponents(
            CodeColumn, data.FeatureColumn, rank: codeSize, seed: seed);
        try
        {
            return new Fitted(ml, estimator.Fit(data.TrainingView), data);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // For a column of one number, for example.
            throw new UnfittableException(error.Message, error);
        }
    }

    private sealed class Fitted(MLContext ml, ITransformer stage, ComparisonData data) : FittedMethod
    {
        public override long ModelSize => SavedModel.Size(ml, stage, data.TrainingView.Schema);

        public override float[][] Encode(IDataView rows) => [.. stage.Transform(rows).GetColumn<float[]>(CodeColumn)];

        /// <summary>
        /// The stage gives codes only, z = W x - b, in single precision. For rows that are far from 0, vary in few
        /// directions or hardly vary at all, the rows of W are neither orthogonal nor of length 1, and the codes of the
        /// training rows are not centered. So codes are decoded in the way that suits the training rows best.
        /// </summary>
        public override float[][] Reconstruct(IDataView rows, float[][] codes) =>
            LinearDecoder.Fit(Encode(data.TrainingView), data.Training.Rows).Decode(codes);

        public override void Dispose()
        {
        }
    }
}
