using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Directions of attributes.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void A_direction_of_codes_leads_from_one_mean_code_to_the_other()
    {
        using AutoencoderTransformer model = family.Make(_ml).Fit(Rows.View(_ml, 40));
        IDataView with = Rows.View(_ml, 20, seed: 2), without = Rows.View(_ml, 30, seed: 3);
        float[] direction = model.CodeDirection(with, without);

        double[] Mean(IDataView rows)
        {
            float[][] codes = [.. model.Transform(rows).GetColumn<float[]>("Code")];
            return [.. Enumerable.Range(0, Stage.CodeSize).Select(i => codes.Average(code => (double)code[i]))];
        }

        Assert.That(direction, Is.EqualTo(Mean(with).Zip(Mean(without), (to, from) => to - from)).Within(1e-5));
        float[] row = Rows.Make(1)[0].Features;
        float[][] path = model.Traverse(model.Encode(row), direction);
        Assert.That(path, Has.Length.EqualTo(9).And.All.Length.EqualTo(Row.Size));
        Assert.That(path[4], Is.EqualTo(model.Reconstruct(row)).Within(1e-5));
        Assert.That(path[0], Is.Not.EqualTo(path[8]));
    }
}
