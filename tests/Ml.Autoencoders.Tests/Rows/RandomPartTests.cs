using Microsoft.ML.Data;
using Ml.Autoencoders.Rows;

namespace Ml.Autoencoders.Tests;

internal sealed class RandomPartTests
{
    private const int Count = 20_000;

    private static readonly DataViewRowId[] Ids =
        [.. Enumerable.Range(0, Count).Select(i => new DataViewRowId((ulong)i, (ulong)i / 3))];

    [TestCase(0.01f)]
    [TestCase(0.25f)]
    [TestCase(0.9f)]
    public void About_the_share_is_held_and_every_row_is_on_one_side(float fraction)
    {
        bool[] held = Sides(new RandomPart(7, fraction, IsHeld: true));
        bool[] others = Sides(new RandomPart(7, fraction, IsHeld: false));
        Assert.That(held.Zip(others).All(sides => sides.First != sides.Second), Is.True);
        // Five standard deviations of a binomial count.
        Assert.That(held.Count(isHeld => isHeld),
            Is.EqualTo(Count * (double)fraction).Within(5 * Math.Sqrt(Count * (double)fraction * (1 - fraction))));
    }

    [Test]
    public void Another_seed_divides_in_another_way()
    {
        bool[] one = Sides(new RandomPart(7, 0.5f, IsHeld: true));
        bool[] other = Sides(new RandomPart(8, 0.5f, IsHeld: true));
        Assert.That(one.Zip(other).Count(sides => sides.First == sides.Second),
            Is.EqualTo(Count / 2).Within(5 * Math.Sqrt(Count / 4)));
    }

    private static bool[] Sides(RandomPart part) => [.. Ids.Select(id => part.Has(new RowPlace(id, 0, 0)))];
}
