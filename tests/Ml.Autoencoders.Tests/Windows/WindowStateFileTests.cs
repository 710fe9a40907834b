using System.Security.Cryptography;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>Saved trackers that an accident or somebody has altered: an error, and no memory for what is not
/// there.</summary>
internal sealed class WindowStateFileTests
{
    private const int DigestBytes = 32;

    private readonly MLContext _ml = new(seed: 1);
    private SlidingWindowTransformer _fitted = null!;
    private byte[] _saved = [];

    /// <summary>Where the numbers of rows and groups are, after the description.</summary>
    private int Head => 16 + BitConverter.ToInt32(_saved, 12);

    [OneTimeSetUp]
    public void Save()
    {
        _fitted = Fit(new() { Length = 3, GroupColumnName = "Pump", TimeColumnName = "Seconds" });
        WindowTracker tracker = _fitted.CreateTracker();
        tracker.Push([1], "a", 1);
        tracker.Push([2], "b", 1);
        tracker.Push([3], "a", 2);
        _saved = Saved(tracker);
    }

    [Test]
    public void A_flipped_bit_anywhere_is_refused()
    {
        for (int i = 0; i < _saved.Length; i++)
        {
            byte[] flipped = [.. _saved];
            flipped[i] ^= (byte)(1 << i % 8);
            Assert.That(() => Restore(flipped), Throws.TypeOf<FormatException>(), $"byte {i}");
        }
    }

    [Test]
    public void A_file_that_is_cut_short_is_refused()
    {
        for (int i = 0; i < _saved.Length; i++)
            Assert.That(() => Restore(_saved[..i]), Throws.TypeOf<FormatException>());
        Assert.That(() => Restore(_saved[..^1]),
            Throws.TypeOf<FormatException>().With.Message.EqualTo("The saved windows are cut short."));
    }

    [Test]
    public void A_file_with_more_in_it_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("windows"), [.. _saved, 0]);
        Assert.That(() => _fitted.RestoreTracker(folder.File("windows")), Throws.TypeOf<FormatException>().With.Message
            .EqualTo($"'{folder.File("windows")}' has more in it than the windows that were saved."));
    }

    [TestCase(0, 5L, "This is not what WindowTracker.Save writes.")]
    [TestCase(8, 2, "The saved windows have version 2; this library reads 1.")]
    [TestCase(12, -1, "The saved windows have -1 bytes of their description; it must be from 0 to 2147483647.")]
    [TestCase(12, int.MaxValue,
        "'The description of the saved windows' is 2,147,483,647 bytes long; at most 536,870,912 are read.")]
    public void A_head_that_cannot_be_is_refused(int place, object value, string message) =>
        RequireRefused(place, value, message);

    // Rows, groups; then of a group: letters and text, time (16 and 8 bytes), last row, rows, numbers.
    [TestCase(0, -1L, "The saved windows have -1 rows; it must be from 0 to 9223372036854775807.")]
    [TestCase(8, -1, "The saved windows have -1 groups; it must be from 0 to 10000.")]
    [TestCase(8, 10_001, "The saved windows have 10001 groups; it must be from 0 to 10000.")]
    [TestCase(12, 0, "The saved windows have 0 letters of a group; it must be from 1 to 536870897.")]
    [TestCase(12, -5, "The saved windows have -5 letters of a group; it must be from 1 to 536870897.")]
    [TestCase(12, 500_000_000, "The saved windows are cut short.")]
    [TestCase(18, 1L, "The saved windows have 1 as a time; it must be from 0 to 0.")]
    [TestCase(34, double.NaN, "The saved windows have NaN as a time, which cannot be.")]
    [TestCase(42, -1L, "The saved windows have -1 rows before the last of a group; it must be from 0 to 2.")]
    [TestCase(42, 3L, "The saved windows have 3 rows before the last of a group; it must be from 0 to 2.")]
    [TestCase(50, 0, "The saved windows have 0 rows of a group; it must be from 1 to 3.")]
    [TestCase(50, 4, "The saved windows have 4 rows of a group; it must be from 1 to 3.")]
    public void A_group_that_cannot_be_is_refused(int place, object value, string message) =>
        RequireRefused(Head + place, value, message);

    [Test]
    public void A_group_that_comes_twice_is_refused()
    {
        byte[] forged = [.. _saved];
        int second = Head + 12 + 4 + 2 + 16 + 8 + 8 + 4 + 2 * 4;
        Assert.That((char)forged[second + 4], Is.EqualTo('b'));
        forged[second + 4] = (byte)'a';
        Assert.That(() => Restore(Forged(forged)), Throws.TypeOf<FormatException>().With.Message.EqualTo(
            "The saved windows have group 'a' twice."));
    }

    [Test]
    public void More_than_may_be_held_is_refused_before_it_is_read()
    {
        SlidingWindowTransformer large = Fit(new() { Length = 268_000_000, GroupColumnName = "Pump" });
        WindowTracker tracker = large.CreateTracker();
        tracker.Push([1], new string('x', 1_000_000));
        byte[] forged = Saved(tracker);
        int count = forged.Length - DigestBytes - 8;
        long before = GC.GetAllocatedBytesForCurrentThread();
        BitConverter.GetBytes(268_000_000).CopyTo(forged, count);
        Assert.That(() => large.RestoreTracker(new MemoryStream(Forged(forged))),
            Throws.TypeOf<FormatException>().With.Message.StartsWith(
                "The saved windows would take 1,074,000,000 bytes, and at most 1,073,741,824 are allowed."));
        BitConverter.GetBytes(260_000_000).CopyTo(forged, count);
        Assert.That(() => large.RestoreTracker(new MemoryStream(Forged(forged))),
            Throws.TypeOf<FormatException>().With.Message.EqualTo("The saved windows are cut short."));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 << 20));
    }

    [Test]
    public void Windows_that_are_made_in_another_way_are_refused()
    {
        const string ours = "3 x 1 of Pressure by Pump in order of Seconds";
        Assert.Multiple(() =>
        {
            RequireOther(new() { Length = 4, GroupColumnName = "Pump", TimeColumnName = "Seconds" },
                $"The saved windows are {ours}; those of this transformer are 4 x 1 of Pressure by Pump in order of " +
                "Seconds.");
            RequireOther(new() { Length = 3, TimeColumnName = "Seconds" },
                $"The saved windows are {ours}; those of this transformer are 3 x 1 of Pressure in order of Seconds.");
            RequireOther(new() { Length = 3, GroupColumnName = "Pump", TimeColumnName = "Seconds", MaxNumericGap = 3 },
                $"The saved windows are {ours}; those of this transformer are {ours}, with other columns, gaps or " +
                "first rows.");
        });
    }

    /// <summary>What does not change windows may differ.</summary>
    [Test]
    public void Another_output_column_and_another_bound_will_do()
    {
        SlidingWindowTransformer other = _ml.Transforms.SlidingWindow("Other", ["Pressure"], new()
        {
            Length = 3,
            GroupColumnName = "Pump",
            TimeColumnName = "Seconds",
            MaxGroups = 2,
        }).Fit(SeriesRow.View(_ml, []));
        WindowTracker tracker = other.RestoreTracker(new MemoryStream(_saved));
        Assert.That(tracker.Push([5], "a", 3), Is.EqualTo(new float[] { 1, 3, 5 }));
    }

    [Test]
    public void An_empty_tracker_is_saved_and_restored()
    {
        WindowTracker empty = Restore(Saved(_fitted.CreateTracker()));
        Assert.That((empty.RowCount, empty.GroupCount), Is.EqualTo((0L, 0)));
    }

    /// <summary>A text that no encoding keeps.</summary>
    [Test]
    public void Groups_of_any_text_are_restored()
    {
        string[] groups = ["\ud800", "\ud801", "\u00fc\0", new string('x', 100_000)];
        WindowTracker tracker = _fitted.CreateTracker();
        for (int i = 0; i < 4; i++)
        {
            tracker.Push([i], groups[i], 1);
            tracker.Push([i], groups[i], 2);
        }
        WindowTracker restored = Restore(Saved(tracker));
        for (int i = 0; i < 4; i++)
            Assert.That(restored.Push([7], groups[i], 3), Is.EqualTo(new float[] { i, i, 7 }));
    }

    [Test]
    public void A_path_that_is_no_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => _fitted.RestoreTracker(folder.Path), Throws.TypeOf<IOException>());
        Assert.That(() => _fitted.RestoreTracker(""), Throws.ArgumentException);
        Assert.That(() => _fitted.CreateTracker().Save(folder.Path), Throws.TypeOf<UnauthorizedAccessException>());
    }

    private void RequireOther(SlidingWindowOptions options, string message) =>
        Assert.That(() => Fit(options).RestoreTracker(new MemoryStream(_saved)),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

    private void RequireRefused(int place, object value, string message)
    {
        byte[] forged = [.. _saved];
        byte[] bytes = value switch
        {
            int number => BitConverter.GetBytes(number),
            long number => BitConverter.GetBytes(number),
            _ => BitConverter.GetBytes((double)value),
        };
        bytes.CopyTo(forged, place);
        Assert.That(() => Restore(Forged(forged)),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
    }

    /// <summary>With the right digest.</summary>
    private static byte[] Forged(byte[] bytes) =>
        [.. bytes[..^DigestBytes], .. SHA256.HashData(bytes.AsSpan(0, bytes.Length - DigestBytes))];

    private static byte[] Saved(WindowTracker tracker)
    {
        using var stream = new MemoryStream();
        tracker.Save(stream);
        return stream.ToArray();
    }

    private WindowTracker Restore(byte[] bytes) => _fitted.RestoreTracker(new MemoryStream(bytes));

    private SlidingWindowTransformer Fit(SlidingWindowOptions options) =>
        _ml.Transforms.SlidingWindow("Window", ["Pressure"], options).Fit(SeriesRow.View(_ml, []));
}
