using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>How well digits are read from the column <c>Code</c>.</summary>
internal static class FeatureScore
{
    private const int NearestCount = 10;

    /// <summary>
    /// The share of <paramref name="judged"/> that SdcaMaximumEntropy, with its defaults, reads right.
    /// </summary>
    public static double Linear(MLContext ml, IDataView training, IDataView judged)
    {
        var classifier = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Code"))
            .Fit(training);
        return ml.MulticlassClassification.Evaluate(classifier.Transform(judged), "Label").MicroAccuracy;
    }

    /// <summary>
    /// The share of <paramref name="judged"/> that is what most of its ten nearest training codes are.
    /// </summary>
    public static double Neighbors(IDataView training, IDataView judged)
    {
        float[][] codes = [.. training.GetColumn<float[]>("Code")];
        uint[] numbers = [.. training.GetColumn<uint>("Number")];
        return judged.GetColumn<float[]>("Code").Zip(judged.GetColumn<uint>("Number")).AsParallel()
            .Average(digit => Read(digit.First) == digit.Second ? 1.0 : 0.0);

        uint Read(float[] code)
        {
            // The nearest so far, the farthest of them first.
            var nearest = new PriorityQueue<uint, float>();
            for (int i = 0; i < codes.Length; i++)
            {
                float closeness = -TensorPrimitives.Distance<float>(code, codes[i]);
                if (nearest.Count < NearestCount)
                    nearest.Enqueue(numbers[i], closeness);
                else
                    nearest.EnqueueDequeue(numbers[i], closeness);
            }
            return nearest.UnorderedItems.CountBy(item => item.Element).MaxBy(count => count.Value).Key;
        }
    }
}
