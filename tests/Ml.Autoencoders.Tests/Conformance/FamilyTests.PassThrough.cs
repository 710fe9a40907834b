using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Columns that the stage does not read.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void Other_columns_and_row_ids_pass_through()
    {
        using AutoencoderTransformer model = FitFull();
        WideRow[] rows = [.. Rows.Make(600).Select(WideRow.Of)];
        IDataView before = _ml.Data.LoadFromEnumerable(rows);
        IDataView after = model.Transform(before);
        using DataViewRowCursor expected = before.GetRowCursor(before.Schema);
        using DataViewRowCursor found = after.GetRowCursor(after.Schema);
        Func<object>[] read = [.. Readers(expected)];
        Func<object>[] readFound = [.. Readers(found)];
        int count = 0;
        for (; expected.MoveNext(); count++)
        {
            Assert.That(found.MoveNext(), Is.True);
            Assert.That(found.Position, Is.EqualTo(expected.Position));
            Assert.That(readFound.Select(value => value()), Is.EqualTo(read.Select(value => value())));
        }
        Assert.That(found.MoveNext(), Is.False);
        Assert.That(count, Is.EqualTo(rows.Length));
    }

    [Test]
    public void Images_pass_through()
    {
        using AutoencoderTransformer model = FitFull();
        ImageRow[] rows = [.. Rows.Make(40)
            .Select((row, i) => new ImageRow { Features = row.Features, Image = Picture((byte)i) })];
        IDataView after = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        using DataViewRowCursor cursor = after.GetRowCursor([after.Schema["Image"], after.Schema["Code"]]);
        ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(after.Schema["Image"]);
        MLImage image = null!;
        var shades = new List<byte>();
        while (cursor.MoveNext())
        {
            getImage(ref image);
            shades.Add(image.Pixels[0]);
        }
        image.Dispose();
        Assert.That(shades, Is.EqualTo(Enumerable.Range(0, 40)));
    }

    private static IEnumerable<Func<object>> Readers(DataViewRow row)
    {
        yield return Reader<uint>(row, "Key", value => value);
        yield return Reader<double>(row, "Number", value => value);
        yield return Reader<bool>(row, "Flag", value => value);
        yield return Reader<DateTime>(row, "Time", value => value);
        yield return Reader<ReadOnlyMemory<char>>(row, "Text", value => value.ToString());
        yield return Reader<VBuffer<double>>(row, "Sparse", value => (value.Length, string.Join(' ', value.Items())));
        yield return Reader<VBuffer<ReadOnlyMemory<char>>>(row, "Words",
            value => string.Join(' ', value.DenseValues()));
        yield return Reader<VBuffer<float>>(row, "Features", value => string.Join(' ', value.DenseValues()));
        ValueGetter<DataViewRowId> getId = row.GetIdGetter();
        yield return () =>
        {
            DataViewRowId id = default;
            getId(ref id);
            return id;
        };
    }

    /// <summary>
    /// The value is kept between rows, as consumers do: a getter that hands out its own memory would be seen.
    /// </summary>
    private static Func<object> Reader<T>(DataViewRow row, string column, Func<T, object> comparable)
    {
        ValueGetter<T> getter = row.GetGetter<T>(row.Schema[column]);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return comparable(value);
        };
    }

    private static MLImage Picture(byte shade)
    {
        var pixels = new byte[2 * 2 * 4];
        Array.Fill(pixels, shade);
        return MLImage.CreateFromPixels(2, 2, MLPixelFormat.Bgra32, pixels);
    }

    private sealed class ImageRow
    {
        [VectorType(Row.Size)]
        public float[] Features { get; set; } = [];

        [ImageType(2, 2)]
        public MLImage Image { get; set; } = null!;
    }

    private sealed class WideRow
    {
        [VectorType(Row.Size)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Key { get; set; }

        public double Number { get; set; }

        public bool Flag { get; set; }

        public DateTime Time { get; set; }

        public string Text { get; set; } = "";

        [VectorType(100)]
        public VBuffer<double> Sparse { get; set; }

        /// <summary>Of another length in every row.</summary>
        public string[] Words { get; set; } = [];

        public static WideRow Of(Row row, int i) => new()
        {
            Features = row.Features,
            Key = (uint)(i % 4),
            Number = i / 3.0,
            Flag = i % 3 == 0,
            Time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(i),
            Text = row.Name,
            Sparse = i % 5 == 0
                ? new VBuffer<double>(100, 0, [], []) : new VBuffer<double>(100, 2, [i, -i], [i % 50, 50 + i % 50]),
            Words = [.. Enumerable.Range(0, i % 4).Select(word => $"{word}:{i}")],
        };
    }
}
