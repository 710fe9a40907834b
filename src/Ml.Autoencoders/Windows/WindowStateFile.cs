using System.Buffers.Binary;
using System.Text;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Persistence;
using static System.FormattableString;

namespace Ml.Autoencoders.Windows;

/// <summary>The rows that a tracker of windows holds, as a file: what the windows are made of as JSON, then each group
/// with its rows, and at the end the SHA-256 of all that. Numbers are little-endian.</summary>
internal static class WindowStateFile
{
    /// <summary>The letters MLWINDOW.</summary>
    private const long Magic = 0x574F444E49574C4D;

    private const int Version = 1;

    public static void Write(Stream stream, WindowDescription description, IEnumerable<WindowRows> groups, long rows)
    {
        using var hashing = new HashingStream(stream);
        using var writer = new BinaryWriter(hashing, Encoding.UTF8, leaveOpen: true);
        WindowRows[] held = [.. groups];
        byte[] json = ModelJson.ToJson(description);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(json.Length);
        writer.Write(json);
        writer.Write(rows);
        writer.Write(held.Length);
        foreach (WindowRows group in held)
            Write(writer, description, group);
        stream.Write(hashing.Digest());
    }

    /// <exception cref="FormatException">What is read is damaged, or of windows that are made in another
    /// way.</exception>
    public static WindowTracker Read(Stream stream, WindowDescription description)
    {
        using var reader = new WindowStateReader(stream);
        try
        {
            return Read(reader, description);
        }
        catch (EndOfStreamException error)
        {
            throw new FormatException("The saved windows are cut short.", error);
        }
    }

    private static void Write(BinaryWriter writer, WindowDescription description, WindowRows group)
    {
        if (group.Group.Text is { } text)
        {
            writer.Write(text.Length);
            // As they are: an encoding would not keep every text.
            foreach (char letter in text)
                writer.Write((ushort)letter);
        }
        else if (group.Group.IsThere)
        {
            Write(writer, group.Group.Number);
        }
        Write(writer, group.LastTime.Whole);
        writer.Write(group.LastTime.Number);
        writer.Write(group.LastRow);
        writer.Write(group.Count);
        float[] rows = new float[group.Count * description.Channels];
        group.CopyRows(rows);
        foreach (float value in rows)
            writer.Write(value);
    }

    private static void Write(BinaryWriter writer, Int128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(bytes, number);
        writer.Write(bytes);
    }

    private static WindowTracker Read(WindowStateReader reader, WindowDescription description)
    {
        if (reader.ReadInt64() != Magic)
            throw new FormatException("This is not what WindowTracker.Save writes.");
        if (reader.ReadInt32() is not Version and var version)
            throw new FormatException(
                Invariant($"The saved windows have version {version}; this library reads {Version}."));
        int json = Within(reader.ReadInt32(), 0, int.MaxValue, "bytes of their description");
        ModelJson.RequireLength(json, "The description of the saved windows");
        WindowDescription saved = WindowArchive.Parse(reader.ReadBytes(json));
        if (!saved.MakesWindowsOf(description))
            throw new FormatException($"The saved windows are {saved}; those of this transformer are {description}" +
                (saved.ToString() == description.ToString() ? ", with other columns, gaps or first rows." : "."));
        long rows = Within(reader.ReadInt64(), 0, long.MaxValue, "rows");
        int count = Within(reader.ReadInt32(), 0, description.Group is null ? 1 : description.MaxGroups, "groups");
        GroupTable<WindowRows> groups = description.NewTable();
        long bytes = 0;
        for (int i = 0; i < count; i++)
            Read(reader, description, groups, rows, ref bytes);
        reader.RequireDigest();
        return new WindowTracker(description, groups, rows);
    }

    private static void Read(WindowStateReader reader, WindowDescription description, GroupTable<WindowRows> groups,
        long rows, ref long bytes)
    {
        WindowGroup group = ReadGroup(reader, description.Group, ref bytes);
        WindowTime time = ReadTime(reader, description.Time);
        long lastRow = Within(reader.ReadInt64(), 0, rows - 1, "rows before the last of a group");
        int count = Within(reader.ReadInt32(), 1, description.Length, "rows of a group");
        var row = new float[description.Channels];
        bytes += (long)count * row.Length * sizeof(float);
        AutoencoderFiles.RequireRoom(bytes, "The saved windows");
        WindowRows held = groups.Find(group, lastRow);
        if (held.LastRow >= 0)
            throw new FormatException($"The saved windows have {(group.IsThere ? $"group {group}" : "rows")} twice.");
        (held.LastTime, held.LastRow) = (time, lastRow);
        for (int i = 0; i < count; i++)
        {
            reader.ReadSingles(row);
            held.Add(row);
        }
    }

    private static WindowGroup ReadGroup(WindowStateReader reader, GroupColumn? column, ref long bytes)
    {
        if (column is null)
            return default;
        if (column.Kind == GroupKind.Text)
        {
            int letters = Within(reader.ReadInt32(), 1, Limits.Numbers, "letters of a group");
            bytes += (long)letters * sizeof(char);
            AutoencoderFiles.RequireRoom(bytes, "The saved windows");
            byte[] text = reader.ReadBytes((long)letters * sizeof(char));
            return string.Create(letters, text, (name, read) =>
            {
                for (int i = 0; i < name.Length; i++)
                    name[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(read.AsSpan(i * sizeof(char)));
            });
        }
        return WindowGroup.Of(Within(reader.ReadInt128(), column.Kind == GroupKind.Key ? 1 : long.MinValue,
            ulong.MaxValue, "as the number of a group"));
    }

    private static WindowTime ReadTime(WindowStateReader reader, TimeColumn? column)
    {
        (Int128 least, Int128 most) = column?.Kind switch
        {
            TimeKind.DateTime or TimeKind.DateTimeOffset => ((Int128)0, (Int128)DateTime.MaxValue.Ticks),
            TimeKind.TimeSpan => (long.MinValue, long.MaxValue),
            TimeKind.Whole => (long.MinValue, ulong.MaxValue),
            _ => (0, 0),
        };
        Int128 whole = Within(reader.ReadInt128(), least, most, "as a time");
        double number = reader.ReadDouble();
        bool isNumber = column?.Kind is TimeKind.Single or TimeKind.Double;
        if (!double.IsFinite(number) || (!isNumber && number != 0))
            throw new FormatException(Invariant($"The saved windows have {number} as a time, which cannot be."));
        return column is null ? default
            : isNumber ? WindowTime.OfNumber(column.Kind, number)
            : WindowTime.OfWhole(column.Kind, whole);
    }

    private static T Within<T>(T value, T least, T most, string what)
        where T : System.Numerics.INumber<T> => value >= least && value <= most
            ? value : throw new FormatException(Invariant(
                $"The saved windows have {value} {what}; it must be from {least} to {most}."));
}
