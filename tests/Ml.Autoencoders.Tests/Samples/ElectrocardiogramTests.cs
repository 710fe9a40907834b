using System.Security.Cryptography;
using Heartbeats;
using Heartbeats.Reading;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>The recording is the one that its notice names, and its beats are found.</summary>
internal sealed class ElectrocardiogramTests
{
    private static readonly string File = Repository.PathOf("samples/data/ecg/ecg.dat");

    [Test]
    public void The_notice_is_that_of_the_file()
    {
        string notice = System.IO.File.ReadAllText(Repository.PathOf("samples/data/ecg/README.md"));
        Assert.That(notice, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File)))));
        Assert.That(notice.ReplaceLineEndings(" "), Does.Contain("Contains information from the [MIT-BIH Arrhythmia " +
            "Database](https://physionet.org/content/mitdb/1.0.0/), which is made available under the [Open Data " +
            "Commons Attribution License v1.0](https://opendatacommons.org/licenses/by/1-0/) (ODC-By)"));
    }

    [Test]
    public void Five_minutes_of_millivolts_are_read()
    {
        SeriesTable table = Read();
        float[] millivolts = [.. table.Rows.Select(row => row.Values[0])];

        Assert.That(table.Rows, Has.Count.EqualTo(27_000));
        Assert.That(table.Rows[^1].Number, Is.EqualTo(300).Within(0.02));
        Assert.That(millivolts.Order().ElementAt(13_500), Is.EqualTo(0).Within(0.02), "the base line");
        Assert.That(millivolts.Max(), Is.InRange(2, 4));
        Assert.That(Read(900).Rows.Select(row => row.Values[0]), Is.EqualTo(millivolts[..900]));
    }

    [Test]
    public void Beats_are_narrow_or_wide()
    {
        float[] millivolts = [.. Read().Rows.Select(row => row.Values[0])];
        (IReadOnlyList<int> narrow, IReadOnlyList<int> wide) = Beats.Of(millivolts, Electrocardiogram.Rate);

        // From 2:30 to 2:34, by eye.
        Assert.That(Seconds(wide), Is.EqualTo(new[] { 151.82, 152.27, 153.62 }).Within(0.05));
        Assert.That(Seconds(narrow), Is.EqualTo(new[] { 150.08, 150.68, 151.3, 153.09 }).Within(0.05));

        static IEnumerable<double> Seconds(IReadOnlyList<int> beats) =>
            beats.Select(beat => beat / Electrocardiogram.Rate).Where(second => second is > 150 and < 154);
    }

    [Test]
    public void The_width_of_a_beat_is_that_at_half_of_its_height()
    {
        // Triangles 1 high, on a base of 10 and 14 rows: 5 and 7 wide at half of the height, and 6 is neither.
        float[] trace = new float[300];
        foreach ((int peak, int side) in new[] { (50, 5), (150, 7), (250, 6) })
        {
            for (int k = -side; k <= side; k++)
                trace[peak + k] = 1 - Math.Abs(k) / (float)side;
        }

        (IReadOnlyList<int> narrow, IReadOnlyList<int> wide) = Beats.Of(trace, rate: 100);
        Assert.That(narrow, Is.EqualTo(new[] { 50 }));
        Assert.That(wide, Is.EqualTo(new[] { 150 }));
    }

    private static SeriesTable Read(int? most = null)
    {
        using FileStream stream = System.IO.File.OpenRead(File);
        return Electrocardiogram.Read(stream, most);
    }
}
