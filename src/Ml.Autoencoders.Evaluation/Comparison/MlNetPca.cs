using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>ML.NET's own stage, <c>ProjectToPrincipalComponents</c>, which approximates the components by random projections.</summary>
internal sealed class MlNetPca(MLContext ml, int seed) : Method(MlNetPca.MethodName, isPca: true)
{
    public const string MethodName = "PCA (ML.NET)";

    private const string CodeColumn = "Code";

    public override FittedMethod Fit(ComparisonData data, int codeSize)
    {
        ITransformer stage = ml.Transforms.ProjectToPrincipalComponents(CodeColumn, data.FeatureColumn, rank: codeSize, seed: seed)
            .Fit(data.TrainingView);
        return new Fitted(ml, stage, data);
    }

    private sealed class Fitted(MLContext ml, ITransformer stage, ComparisonData data) : FittedMethod
    {
        public override long ModelSize => SavedModel.Size(ml, stage, data.TrainingView.Schema);

        public override float[][] Encode(IDataView rows) => [.. stage.Transform(rows).GetColumn<float[]>(CodeColumn)];

        public override float[][] Reconstruct(IDataView rows, float[][] codes) =>
            LinearCode.Reconstruct(MeanRow.Of(data.Training.Rows), Directions(), codes);

        public override void Dispose()
        {
        }

        /// <summary>
        /// The stage gives codes only, z = W (x - mean). The rows of W are orthogonal, so that the nearest row to a code is mean + W⁺ z with
        /// the columns w / |w|² in W⁺. Their length is 1, and less where a component hardly varies, because the stage divides by its
        /// variance and a little more. W is read off by sending the row of zeros and each unit row through the stage.
        /// </summary>
        private double[][] Directions()
        {
            int size = data.FeatureCount;
            IEnumerable<float[]> probes = Enumerable.Range(-1, size + 1).Select(lit =>
            {
                var probe = new float[size];
                if (lit >= 0)
                    probe[lit] = 1;
                return probe;
            });
            float[][] responses = Encode(MemoryView.OfRows(ml, probes, data.FeatureColumn, size));
            return [.. Enumerable.Range(0, responses[0].Length).Select(z =>
                Inverse(Enumerable.Range(1, size).Select(i => (double)responses[i][z] - responses[0][z]).ToArray()))];
        }

        /// <summary>Of rows that do not vary in so many directions, the rest are zeros.</summary>
        private static double[] Inverse(double[] direction)
        {
            double square = TensorPrimitives.SumOfSquares<double>(direction);
            return square == 0 ? direction : Array.ConvertAll(direction, value => value / square);
        }
    }
}
