using Ml.Autoencoders.Rows;

namespace Ml.Autoencoders.Tests;

/// <summary>Which groups are held out, and which rows follow each other.</summary>
internal sealed class RowDivisionTests
{
    [Test]
    public void Groups_of_one_size_are_held_out_as_near_to_the_share_as_they_can_be(
        [Values(0.01f, 0.2f, 0.25f, 0.5f, 0.99f)] float fraction)
    {
        bool[] held = GroupPart.Choose([.. Enumerable.Repeat(10L, 20)], fraction, new Random(1));
        Assert.That(held.Count(isHeld => isHeld), Is.EqualTo(Math.Clamp(Math.Round(20 * (double)fraction), 1, 19)));
    }

    [Test]
    public void At_least_one_group_is_on_each_side()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            foreach (float fraction in (float[])[0.001f, 0.5f, 0.999f])
            {
                bool[] held = GroupPart.Choose([1000, 7], fraction, new Random(seed));
                Assert.That(held.Count(isHeld => isHeld), Is.EqualTo(1), $"{fraction} {seed}");
            }
            // The small one is nearer to a small share than none, or than the large one.
            Assert.That(GroupPart.Choose([1000, 7], 0.001f, new Random(seed)), Is.EqualTo(new[] { false, true }));
        }
    }

    [Test]
    public void Another_seed_holds_out_other_groups()
    {
        long[] sizes = [.. Enumerable.Repeat(10L, 50)];
        bool[] one = Choose(1), other = Choose(2), again = Choose(1);
        Assert.That(one, Is.Not.EqualTo(other));
        Assert.That(one, Is.EqualTo(again));

        bool[] Choose(int seed) => GroupPart.Choose(sizes, 0.5f, new Random(seed));
    }

    [Test]
    public void A_part_of_groups_has_all_of_their_rows()
    {
        var held = new GroupPart([false, true, false], IsHeld: true);
        var others = new GroupPart([false, true, false], IsHeld: false);
        int[] groups = [0, 1, 2, 1, 0];
        Assert.That(groups.Select(group => held.Has(new RowPlace(default, 0, group))),
            Is.EqualTo(new[] { false, true, false, true, false }));
        Assert.That(groups.Select(group => others.Has(new RowPlace(default, 0, group))),
            Is.EqualTo(new[] { true, false, true, false, true }));
        Assert.That(held.FollowsOrder, Is.False);
    }

    [Test]
    public void A_stretch_has_the_rows_from_its_first_to_before_its_end()
    {
        var stretch = new StretchPart(2, 4);
        Assert.That(Enumerable.Range(0, 6).Where(row => stretch.Has(new RowPlace(default, row, 0))),
            Is.EqualTo(new[] { 2, 3 }));
        Assert.That(stretch.FollowsOrder, Is.True);
    }
}
