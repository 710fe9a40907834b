using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class KMeansPlusPlusTests
{
    [Test]
    public void Centers_are_drawn_by_squared_distance()
    {
        const int Count = 6000;
        var random = new Random(2);

        string[] found = [.. Enumerable.Range(0, Count)
            .Select(_ => string.Concat(KMeansPlusPlus.Assign([[0], [1], [3]], 2, random)))];

        // From 0 the next is 1 or 3 as 1 to 9, from 1 it is 0 or 3 as 1 to 4, and from 3 both
        // choices part the codes alike.
        Assert.Multiple(() =>
        {
            Assert.That(Share("011"), Is.EqualTo(1 / 30.0).Within(Margin(1 / 30.0)));
            Assert.That(Share("001"), Is.EqualTo(17 / 30.0).Within(Margin(17 / 30.0)));
            Assert.That(Share("100"), Is.EqualTo(2 / 30.0).Within(Margin(2 / 30.0)));
            Assert.That(Share("110"), Is.EqualTo(10 / 30.0).Within(Margin(10 / 30.0)));
        });

        double Share(string assignment) => found.Count(one => one == assignment) / (double)Count;

        static double Margin(double share) => 5 * Math.Sqrt(share * (1 - share) / Count);
    }

    [Test]
    public void As_many_centers_as_codes_give_each_code_one_of_its_own([Range(0, 9)] int seed) =>
        Assert.That(KMeansPlusPlus.Assign([[1, 2], [1, 3], [9, 9], [-4, 0]], 4, new Random(seed)),
            Is.EquivalentTo(new[] { 0, 1, 2, 3 }));

    [Test]
    public void More_centers_than_different_codes_leave_the_last_without_any() =>
        Assert.That(KMeansPlusPlus.Assign([[1], [1], [5], [1]], 4, new Random(1)), Is.All.LessThan(2));
}
