using System.Buffers.Binary;
using System.IO.Compression;

namespace Heartbeats.Reading;

/// <summary>Five minutes of an electrocardiogram, which is embedded in the program.</summary>
internal static class Electrocardiogram
{
    /// <summary>What the license of the recording asks to be said wherever it is used.</summary>
    public const string Notice = "Contains information from the MIT-BIH Arrhythmia Database, which is made available " +
        "under the ODC Attribution License.";

    /// <summary>Rows per second.</summary>
    public const double Rate = RecordedRate / (double)Thinning;

    private const int RecordedRate = 360;

    /// <summary>Samples of which a row is the mean. What is of interest takes longer.</summary>
    private const int Thinning = 4;

    private const int HeaderBytes = 128;

    /// <summary>The samples around a row whose median is its base line: longer than a beat is high, shorter than the
    /// drift with every breath.</summary>
    private const double BaseLineSeconds = 0.6;

    /// <summary>The rows of a file in the folder <c>samples/data/ecg</c>.</summary>
    /// <param name="file">Its content.</param>
    /// <param name="most">How many to keep, from the first; null for all.</param>
    public static SeriesTable Read(Stream file, int? most = null)
    {
        using var zip = new ZipArchive(file);
        using Stream entry = zip.GetEntry("ecg.npy")!.Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        float[] millivolts = Thinned(bytes.ToArray().AsSpan(HeaderBytes));
        float[] level = WithoutDrift(millivolts);
        return new SeriesTable(["millivolts"],
            [.. level.Take(most ?? int.MaxValue).Select((value, i) =>
                new SeriesRow { Values = [value], Number = i / Rate })], TimeKind.Number,
            TimeName: "second", HasGroups: false);
    }

    private static float[] Thinned(ReadOnlySpan<byte> samples)
    {
        var rows = new float[samples.Length / sizeof(ushort) / Thinning];
        for (int i = 0; i < rows.Length; i++)
        {
            float sum = 0;
            for (int k = 0; k < Thinning; k++)
                sum += BinaryPrimitives.ReadUInt16LittleEndian(samples[(sizeof(ushort) * (i * Thinning + k))..]);
            rows[i] = (sum / Thinning - 1024) / 200;
        }
        return rows;
    }

    private static float[] WithoutDrift(float[] values)
    {
        const int side = (int)(BaseLineSeconds * Rate / 2);
        var level = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float[] around = values[Math.Max(0, i - side)..Math.Min(values.Length, i + side + 1)];
            Array.Sort(around);
            level[i] = values[i] - around[around.Length / 2];
        }
        return level;
    }
}
