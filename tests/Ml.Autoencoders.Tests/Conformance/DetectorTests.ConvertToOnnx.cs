using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>The same computation in a file that ML.NET's own export to ONNX writes.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void ML_NET_exports_a_detector([Values] ReconstructionLoss loss, [Values] bool isConditioned)
    {
        TransformerChain<AutoencoderAnomalyTransformer> model =
            LabeledRows.Keys(_ml).Append(Exported(loss, isConditioned));
        using ConvertedModel oldest = Convert(ConvertedModel.Oldest);
        using ConvertedModel newest = Convert(ConvertedModel.Newest);
        foreach (int count in new[] { 1, 7, 1000 })
        {
            LabeledRow[] rows = LabeledRows.Make(count, seed: 9);
            rows[count / 2].Features[5] = count > 1 ? float.NaN : 0;
            IDataView view = _ml.Data.LoadFromEnumerable(rows);
            IDataView expected = model.Transform(view);
            string[] columns = ["Score", "PredictedLabel", "Code", "Clean", "Errors", .. CodePart];
            foreach (ConvertedModel converted in new[] { oldest, newest })
            {
                foreach ((string column, float[][] numbers) in converted.Run(view, columns))
                    Assert.That(numbers, Near.To(ColumnNumbers.Of(expected, column)), column);
            }
        }

        ConvertedModel Convert(int version) =>
            new(_ml, model, _ml.Data.LoadFromEnumerable(LabeledRows.Make(1)), version);
    }
}
