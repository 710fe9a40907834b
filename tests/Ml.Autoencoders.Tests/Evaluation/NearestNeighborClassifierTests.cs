using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class NearestNeighborClassifierTests
{
    [Test]
    public void The_nearest_are_found_in_order_and_of_equals_the_earlier() =>
        Assert.That(Nearest.Of([5, 1, 4, 1, 0, 4, 9], 5), Is.EqualTo(new[] { 4, 1, 3, 2, 5 }));

    [Test]
    public void The_nearest_are_those_of_sorting_them_all()
    {
        var random = new Random(1);
        float[] distances = [.. Enumerable.Range(0, 500).Select(_ => (float)random.Next(100))];
        int[] sorted = [.. Enumerable.Range(0, 500).OrderBy(i => distances[i])];
        Assert.That(Nearest.Of(distances, 40), Is.EqualTo(sorted[..40]));
    }

    [TestCase(0f, 1u)] // 1 1 2
    [TestCase(2.4f, 2u)] // 2 3 2
    [TestCase(3.1f, 2u)] // 3 2 2
    [TestCase(9f, 3u)] // 3 3 2
    public void Most_of_the_nearest_decide(float place, uint label)
    {
        float[][] codes = [[0], [1], [2], [3], [4], [10], [11]];
        uint[] labels = [1, 1, 2, 3, 2, 3, 3];
        Assert.That(new NearestNeighborClassifier(codes, labels, 3).Predict([[place]]), Is.EqualTo(new[] { label }));
    }

    [TestCase(0.1f, 1u)] // 1 2 2 1
    [TestCase(2.6f, 2u)] // 2 1 2 1
    public void Where_labels_have_as_many_the_nearer_decides(float place, uint label)
    {
        float[][] codes = [[0], [1.3f], [2.5f], [4]];
        uint[] labels = [1, 2, 2, 1];
        Assert.That(new NearestNeighborClassifier(codes, labels, 4).Predict([[place]]), Is.EqualTo(new[] { label }));
    }

    [Test]
    public void Every_code_is_read_by_itself()
    {
        float[][] codes = [.. Enumerable.Range(0, 300).Select(i => new[] { i, 0f })];
        uint[] labels = [.. Enumerable.Range(0, 300).Select(i => (uint)i)];
        float[][] asked = [.. Enumerable.Range(0, 300).Select(i => new[] { i + 0.3f, 1f })];
        Assert.That(new NearestNeighborClassifier(codes, labels, 1).Predict(asked), Is.EqualTo(labels));
    }
}
