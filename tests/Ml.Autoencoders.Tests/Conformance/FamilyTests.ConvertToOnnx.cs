using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>The same computation in a file that ML.NET's own export to ONNX writes.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void ML_NET_exports_a_stage([Values(0, 1, 2, 5, 6, 7, 8)] int network)
    {
        AutoencoderTransformer model = Exported(network,
            network == 1 ? ReconstructionLoss.BinaryCrossEntropy : ReconstructionLoss.MeanSquaredError);
        RequireConverted(model, count =>
        {
            Row[] rows = Rows.Make(count, seed: 9);
            rows[count / 2].Features[4] = count > 1 ? float.NaN : 0.5f;
            return _ml.Data.LoadFromEnumerable(rows);
        });
    }

    [Test]
    public void ML_NET_exports_a_stage_with_its_labels([Values(0, 1)] int network) =>
        RequireConverted(LabeledRows.Keys(_ml).Append(ExportedWithLabels(network)),
            count => _ml.Data.LoadFromEnumerable(LabeledRows.Make(count, seed: 9)));

    private void RequireConverted(ITransformer model, Func<int, IDataView> make)
    {
        using var oldest = new ConvertedModel(_ml, model, make(1), ConvertedModel.Oldest);
        using var newest = new ConvertedModel(_ml, model, make(1), ConvertedModel.Newest);
        foreach (int count in new[] { 1, 7, 1000 })
        {
            IDataView rows = make(count);
            IDataView expected = model.Transform(rows);
            string[] columns = [.. expected.Schema.Skip(rows.Schema.Count).Where(column => !column.IsHidden)
                .Select(column => column.Name).Except(["Kind"])];
            RequireSame(oldest.Run(rows, columns), expected);
            RequireSame(newest.Run(rows, columns), expected);
        }
    }
}
