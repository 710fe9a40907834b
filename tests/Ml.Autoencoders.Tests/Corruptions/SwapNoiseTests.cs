using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class SwapNoiseTests : TensorTests
{
    private const int Count = 400;
    private const int Size = 100;

    [TestCase(0.05f)]
    [TestCase(0.15f)]
    [TestCase(0.6f)]
    [TestCase(1f)]
    public void The_given_share_of_values_comes_from_another_row_and_the_same_slot(float probability)
    {
        int[] sources = Sources(Swapped(Corruption.Swap(probability), Numbered(Count, Size)), Size);

        double share = Changed(sources, Size).Average(isChanged => isChanged ? 1 : 0);
        // Five standard errors. Where everything is swapped, no row may have been given a value of its own.
        Assert.That(share, Is.EqualTo(probability)
            .Within(5 * Math.Sqrt(probability * (1 - probability) / (Count * Size)) + 1e-9));
    }

    [Test]
    public void Each_other_row_is_as_likely()
    {
        const int rows = 5;
        const int slots = 20_000;
        int[] sources = Sources(Swapped(Corruption.Swap(0.5f), Numbered(rows, slots)), slots);

        Assert.Multiple(() =>
        {
            for (int row = 0; row < rows; row++)
            {
                int[] from = [.. sources.Skip(row * slots).Take(slots)];
                for (int other = 0; other < rows; other++)
                {
                    double expected = other == row ? 0.5 : 0.5 / (rows - 1);
                    Assert.That(from.Count(source => source == other) / (double)slots,
                        Is.EqualTo(expected).Within(5 * Math.Sqrt(expected * (1 - expected) / slots)),
                        $"from {other} to {row}");
                }
            }
        });
    }

    [Test]
    public void In_a_column_of_two_values_it_is_seen_where_the_other_row_differs()
    {
        // A column with n of N rows at 1: a row at 1 meets one at 0 in N - n of N - 1 cases, and the reverse, so that
        // 2 n (N - n) / (N (N - 1)) of the swaps are seen.
        const int ones = 100;
        const float probability = 0.3f;
        Tensor rows = tensor([.. Enumerable.Range(0, Count * Size).Select(i => i / Size < ones ? 1f : 0)],
            [Count, Size]);

        Tensor swapped = Swapped(Corruption.Swap(probability), rows);

        double seen = probability * 2 * ones * (Count - ones) / ((double)Count * (Count - 1));
        double share = swapped.ne(rows).to(ScalarType.Float64).mean().item<double>();
        Assert.That(share, Is.EqualTo(seen).Within(5 * Math.Sqrt(seen * (1 - seen) / (Count * Size))));
        // The column keeps its mean on average: each row gives its value as often as another loses its own.
        Assert.That(swapped.to(ScalarType.Float64).mean().item<double>(),
            Is.EqualTo(ones / (double)Count).Within(5 * Math.Sqrt(seen / (Count * Size))));
    }

    [Test]
    public void Each_column_keeps_its_distribution()
    {
        const int rows = 20_000;
        // One slot is normal, one uniform and far away, one constant.
        using var draw = new Generator(5);
        Tensor table = cat(
            [randn(rows, 1, generator: draw), rand(rows, 1, generator: draw) + 100, full(rows, 1, 7f)], 1);

        float[][] before = Columns(table);
        float[][] after = Columns(Swapped(Corruption.Swap(0.5f), table));

        Assert.Multiple(() =>
        {
            for (int slot = 0; slot < 3; slot++)
            {
                Assert.That(after[slot].Average(), Is.EqualTo(before[slot].Average()).Within(0.03));
                foreach (double share in new[] { 0.05, 0.25, 0.5, 0.75, 0.95 })
                {
                    int place = (int)(share * rows);
                    Assert.That(after[slot][place], Is.EqualTo(before[slot][place]).Within(0.06), $"{slot} at {share}");
                }
            }
            Assert.That(after[2], Is.EqualTo(before[2]));
        });

        static float[][] Columns(Tensor table) =>
            [.. Enumerable.Range(0, 3).Select(slot => table.select(1, slot).contiguous().Floats().Order().ToArray())];
    }

    [Test]
    public void Values_are_drawn_one_by_one()
    {
        bool[] changed = Changed(Sources(Swapped(Corruption.Swap(0.5f), Numbered(Count, Size)), Size), Size);

        // A draw a row or a slot for the whole batch would give shares of 0 and 1.
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(0, Count).Select(row => Share(row * Size, Size, 1)),
                Has.All.InRange(0.25, 0.75));
            Assert.That(Enumerable.Range(0, Size).Select(slot => Share(slot, Count, Size)),
                Has.All.InRange(0.37, 0.63));
            // Two slots of a row are both swapped in p x p of the rows.
            double both = Enumerable.Range(0, Count)
                .Average(row => changed[row * Size] && changed[row * Size + 1] ? 1 : 0);
            Assert.That(both, Is.EqualTo(0.25).Within(5 * Math.Sqrt(0.25 * 0.75 / Count)));
        });

        double Share(int from, int count, int stride) =>
            Enumerable.Range(0, count).Average(i => changed[from + i * stride] ? 1 : 0);
    }

    [Test]
    public void Slots_of_a_group_move_together_from_one_row_and_others_by_themselves()
    {
        // Slots 2, 3, 4 and 7, 8 are groups; 0, 1, 5, 6 and 9 are not.
        const int slots = 10;
        Tensor rows = Numbered(4_000, slots);
        int[] sources = Sources(Swapped(Corruption.Swap(0.5f, 7..9, 2..5), rows), slots);

        double Together(int one, int other) => Enumerable.Range(0, 4_000).Average(row =>
            sources[row * slots + one] == sources[row * slots + other] ? 1 : 0);

        Assert.Multiple(() =>
        {
            foreach ((int one, int other) in new[] { (2, 3), (3, 4), (7, 8) })
                Assert.That(Together(one, other), Is.EqualTo(1), $"{one} and {other}");
            // Both stay in a quarter of the rows; else they are from the same row one time in 4,000.
            foreach ((int one, int other) in new[] { (0, 1), (1, 2), (4, 5), (5, 6), (6, 7), (8, 9), (2, 7) })
                Assert.That(Together(one, other), Is.EqualTo(0.25).Within(0.035), $"{one} and {other}");
            for (int slot = 0; slot < slots; slot++)
            {
                Assert.That(Enumerable.Range(0, 4_000).Average(row => sources[row * slots + slot] != row ? 1 : 0),
                    Is.EqualTo(0.5).Within(0.04), $"{slot}");
            }
        });
    }

    [Test]
    public void One_hot_groups_stay_one_hot()
    {
        const int categories = 5;
        Tensor oneHot = nn.functional.one_hot(tensor([.. Enumerable.Range(0, Count).Select(i => (long)i % categories)]),
            categories).to(ScalarType.Float32);

        Tensor together = Swapped(Corruption.Swap(0.5f, 0..categories), oneHot);
        Tensor apart = Swapped(Corruption.Swap(0.5f), oneHot);

        Assert.Multiple(() =>
        {
            Assert.That(together.sum(1).Floats(), Has.All.EqualTo(1));
            Assert.That(together.ne(oneHot).any().item<bool>(), Is.True);
            // What groups are for.
            Assert.That(apart.sum(1).Floats(), Has.Some.Not.EqualTo(1));
        });
    }

    [Test]
    public void Two_rows_exchange_everything_at_1() => Assert.That(
        Swapped(Corruption.Swap(1), Table([1, 2, 3], [4, 5, 6])).Floats(), Is.EqualTo(new[] { 4f, 5, 6, 1, 2, 3 }));

    [Test]
    public void Nothing_is_swapped_at_0()
    {
        Tensor rows = Uniform([Count, Size]);

        Assert.That(Swapped(Corruption.Swap(0), rows).Floats(), Is.EqualTo(rows.Floats()));
    }

    [TestCase(1f)]
    [TestCase(float.Epsilon)]
    public void Every_number_of_the_draw_finds_a_row(float probability)
    {
        Tensor rows = Numbered(3, 50_000);

        int[] sources = Sources(Swapped(Corruption.Swap(probability), rows), 50_000);

        Assert.That(sources, Has.All.InRange(0, 2));
        Assert.That(Changed(sources, 50_000).Count(isChanged => isChanged),
            probability == 1 ? Is.EqualTo(150_000) : Is.LessThan(10));
    }

    [TestCase(0.5f)]
    [TestCase(1f)]
    public void One_row_stays(float probability) => Assert.That(
        Swapped(Corruption.Swap(probability, 0..2), Table([1, 2, 3])).Floats(), Is.EqualTo(new[] { 1f, 2, 3 }));

    [Test]
    public void Pixels_are_swapped_one_by_one()
    {
        Tensor rows = Numbered(Count, 12);
        var shape = Shape.Image(1, 3, 4);
        using var random = new Generator(2);

        int[] sources = Sources(Corruption.Swap(0.5f).Apply(rows, shape, random), 12);

        Assert.That(Changed(sources, 12).Average(isChanged => isChanged ? 1 : 0), Is.EqualTo(0.5).Within(0.05));
        Assert.That(Corruption.Swap(0.5f).Leaves(shape), Is.EqualTo(shape));
    }

    [Test]
    public void Groups_of_the_rows_are_taken_where_none_were_given()
    {
        SlotGroup[] groups = [new(3, 2)];
        Corruption given = Corruption.Swap(0.5f, 0..2);

        Assert.Multiple(() =>
        {
            Assert.That(Corruption.Swap(0.5f).TakesGroups, Is.True);
            Assert.That(Corruption.Swap(0.5f).For(groups), Is.EqualTo(Corruption.Swap(0.5f, 3..5)));
            Assert.That(Corruption.Swap(0.5f).For([]), Is.EqualTo(Corruption.Swap(0.5f)));
            Assert.That(given.TakesGroups, Is.False);
            Assert.That(given.For(groups), Is.SameAs(given));
            Corruption chain = Corruption.Swap(0.5f).Then(Corruption.Masking(0.1f)).Then(given);
            Assert.That(chain.TakesGroups, Is.True);
            Assert.That(chain.For(groups),
                Is.EqualTo(Corruption.Swap(0.5f, 3..5).Then(Corruption.Masking(0.1f)).Then(given)));
            Assert.That(Corruption.Masking(0.1f).Then(given).TakesGroups, Is.False);
            Assert.That(Corruption.Masking(0.1f).TakesGroups, Is.False);
        });
    }

    [Test]
    public void The_order_of_groups_does_not_matter()
    {
        Assert.That(Corruption.Swap(0.5f, 4..6, 0..2), Is.EqualTo(Corruption.Swap(0.5f, 0..2, 4..6)));
        Assert.That(Corruption.Swap(0.5f, 4..6, 0..2).ToString(), Is.EqualTo("SwapNoise(0.5, [0..2, 4..6])"));
        Assert.That(Corruption.Swap(0.5f).ToString(), Is.EqualTo("SwapNoise(0.5)"));
    }

    [Test]
    public void Groups_have_to_be_within_a_row_that_is_a_vector()
    {
        Assert.That(Corruption.Swap(0.5f, 4..6).Leaves(Shape.Vector(6)), Is.EqualTo(Shape.Vector(6)));
        Assert.That(() => Corruption.Swap(0.5f, 4..6).Leaves(Shape.Vector(5)),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "Corruption.Swap has a group of the slots 4..6, and a row has 5."));
        Assert.That(() => Corruption.Swap(0.5f, 4..6).Leaves(Shape.Image(1, 3, 4)),
            Throws.TypeOf<NetworkException>().With.Message.EqualTo(
            "Corruption.Swap has groups of slots, and rows are an image of 1 x 3 x 4, whose values move one by one."));
    }

    [TestCase(-0.1f, "-0.1; it must be at least 0.")]
    [TestCase(1.5f, "1.5; it must be at most 1.")]
    [TestCase(float.NaN, "NaN; it must be a finite number.")]
    public void A_probability_outside_0_and_1_is_refused(float probability, string fault) =>
        Assert.That(() => Corruption.Swap(probability),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            $"Corruption.Swap: probability is {fault} (Parameter 'probability')"));

    private static IEnumerable<TestCaseData> BadGroups() =>
    [
        new(new[] { 2..2 }, "2..2; a group must begin at slot 0 or later, and hold at least one."),
        new(new[] { 5..2 }, "5..2; a group must begin at slot 0 or later, and hold at least one."),
        new(new[] { 4..7, 2..5 }, "2..5 and 4..7; a slot must be in one group only."),
        new(new[] { 2..5, 2..5 }, "2..5 and 2..5; a slot must be in one group only."),
        new(new[] { 0..5, 2..3 }, "0..5 and 2..3; a slot must be in one group only."),
        new(new[] { 2.. }, "2..^0; slots must be counted from the start."),
        new(new[] { ^3..5 }, "^3..5; slots must be counted from the start."),
    ];

    [TestCaseSource(nameof(BadGroups))]
    public void Groups_that_cannot_be_are_refused(Range[] groups, string fault) =>
        Assert.That(() => Corruption.Swap(0.5f, groups),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            $"Corruption.Swap: groups holds the slots {fault} (Parameter 'groups')"));

    [Test]
    public void No_list_of_groups_is_refused() => Assert.That(() => Corruption.Swap(0.5f, null!),
        Throws.ArgumentNullException.With.Property("ParamName").EqualTo("groups"));

    private static Tensor Swapped(Corruption corruption, Tensor rows)
    {
        using var random = new Generator(2);
        return corruption.Apply(rows, random);
    }

    /// <summary>The numbers from 0 on, each of which tells its row and its slot.</summary>
    private static Tensor Numbered(int rows, int slots) =>
        tensor([.. Enumerable.Range(0, rows * slots).Select(i => (float)i)], [rows, slots]);

    /// <summary>Of each number which row it was in, after a check that it is in its slot still.</summary>
    private static int[] Sources(Tensor swapped, int slots)
    {
        float[] numbers = swapped.Floats();
        Assert.That(numbers.Where((number, i) => (int)number % slots != i % slots), Is.Empty);
        return [.. numbers.Select(number => (int)number / slots)];
    }

    private static bool[] Changed(int[] sources, int slots) =>
        [.. sources.Select((source, i) => source != i / slots)];
}
