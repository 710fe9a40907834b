using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class MemoryViewTests
{
    [Test]
    public void Keys_stay_what_they_are_and_0_is_missing()
    {
        IDataView view = MemoryView.OfKeys(new MLContext(1), [[1, 2], [3, 4], [5, 6], [7, 8]], [3, 1, 0, 2], 3,
            "Code", "Label");

        Assert.That(view.GetColumn<uint>("Label"), Is.EqualTo(new uint[] { 3, 1, 0, 2 }));
        Assert.That(view.Schema["Label"].Type, Is.EqualTo(new KeyDataViewType(typeof(uint), 3)));
        Assert.That(view.GetColumn<float[]>("Code"), Is.EqualTo(new float[][] { [1, 2], [3, 4], [5, 6], [7, 8] }));
    }
}
