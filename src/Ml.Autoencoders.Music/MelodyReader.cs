using System.Text;
using Ml.Autoencoders.Music.Abc;
using Ml.Autoencoders.Music.Midi;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Music;

/// <summary>
/// Reads melodies of one voice in 4/4 from MIDI files (<c>.mid</c>, <c>.midi</c>; formats 0 and 1) and from files of
/// tunes in ABC notation (<c>.abc</c>), and cuts them into windows of a few bars.
/// </summary>
/// <remarks>
/// <para>Of notes that start together the highest counts, and a note ends where the next one starts. In a MIDI file
/// each channel of a track is a voice of its own. Of a tune in ABC, repeats are played. Windows begin at every bar, and
/// equal ones of a piece count once. Bars of 2/2 are as long as those of 4/4 and count as such.
/// <see cref="MelodyRule"/> lists why a place gives no window.</para>
/// <para>A file that is damaged, too large or of another kind gives a line of
/// <see cref="MelodySet.Faults"/>, and does not keep others from being read; so does a tune in a file of tunes.
/// A file may have 8 MiB, a voice 10,000 bars. All tunes of an ABC file may have 1,000,000 bars together, counted as
/// they are written and once more as they are played, and all windows of a file 2^25 steps: where a file has more, what
/// reaches the bound gives a line, and the tunes behind it one together.</para>
/// </remarks>
/// <example>
/// <code>
/// MelodySet melodies = new MelodyReader().ReadFolder("tunes");
/// IDataView rows = ml.Data.LoadMelodies(melodies.Windows);
/// </code>
/// </example>
public sealed class MelodyReader
{
    /// <summary>The largest file that is read, in bytes.</summary>
    internal const int MostBytes = 8 << 20;

    private const int MostFolders = 32;

    private static readonly string[] MidiEndings = [".mid", ".midi"];

    private readonly MelodyReaderOptions _options;

    /// <summary>A reader with the given options.</summary>
    /// <param name="options">Null: windows of two bars with at least four notes.</param>
    public MelodyReader(MelodyReaderOptions? options = null) => _options = options ?? new();

    /// <summary>Reads all files of a folder, and of the folders in it, whose names end in <c>.mid</c>, <c>.midi</c> or
    /// <c>.abc</c>, in the order of their paths. Passed over without a line are links, hidden and
    /// system files and folders, folders that may not be read, and those more than 32 deep.</summary>
    /// <param name="folder">Of the files. Sources are named by their path in it.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public MelodySet ReadFolder(string folder)
    {
        Require.Path(folder, Place.Call(nameof(ReadFolder)), nameof(folder));
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = MostFolders,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        };
        return MelodySet.Of(Directory.EnumerateFiles(folder, "*", all)
            .Where(path => IsMidi(path) || IsAbc(path))
            .Order(StringComparer.Ordinal)
            .Select(path => Read(path, Path.GetRelativePath(folder, path).Replace('\\', '/'))));
    }

    /// <summary>Reads one file.</summary>
    /// <param name="path">Ends in <c>.mid</c>, <c>.midi</c> or <c>.abc</c>.</param>
    /// <exception cref="ArgumentException">The path is null or empty, or ends in something else.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public MelodySet ReadFile(string path)
    {
        var where = Place.Call(nameof(ReadFile));
        Require.Path(path, where, nameof(path));
        if (!IsMidi(path) && !IsAbc(path))
            throw where.Wrong(nameof(path), $"is '{path}'; it must end in .mid, .midi or .abc.");
        if (!Path.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        return Read(path, Path.GetFileName(path));
    }

    /// <summary>Reads a MIDI file that is in memory.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">What sources are to be named.</param>
    public MelodySet ReadMidi(byte[] file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            RequireSize(file.Length);
            var cutter = new WindowCutter(name, _options, new FileBudget());
            return MelodySet.Of([.. MidiSong.Read(file).Voices(_options.Tolerance).Select(cutter.Cut)]);
        }
        catch (FormatException fault)
        {
            return MelodySet.OfFault(name, fault.Message);
        }
    }

    /// <summary>Reads tunes in ABC notation.</summary>
    /// <param name="text">A file of tunes: each begins with a field <c>X:</c> and ends at an empty line. It may have
    /// 2^23 characters.</param>
    /// <param name="name">What sources are to be named, before the number and title of each tune.</param>
    public MelodySet ReadAbc(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            if (text.Length > MostBytes)
            {
                throw new FormatException(
                    $"the text has {text.Length} characters; at most {MostBytes} are read.");
            }
            return MelodySet.Of([.. Cut(AbcFile.Tunes(text), name)]);
        }
        catch (FormatException fault)
        {
            return MelodySet.OfFault(name, fault.Message);
        }
    }

    /// <summary>The windows of each tune, up to the one at which the budget of the file is spent.</summary>
    private IEnumerable<MelodySet> Cut(IReadOnlyList<AbcTune> tunes, string name)
    {
        var budget = new FileBudget();
        for (int i = 0; i < tunes.Count && !budget.IsSpent; i++)
        {
            yield return Cut(tunes[i], name, budget);
            int left = tunes.Count - 1 - i;
            if (budget.IsSpent && left > 0)
                yield return MelodySet.OfFault(name, $"its last tunes, {left} of {tunes.Count}, are not read.");
        }
    }

    private MelodySet Cut(AbcTune tune, string name, FileBudget budget)
    {
        string piece = $"{name} X:{tune.Number}";
        try
        {
            AbcScore score = AbcScore.Read(tune, budget);
            if (score.Title.Length > 0)
                piece += $" {score.Title}";
            var cutter = new WindowCutter(piece, _options, budget);
            return MelodySet.Of([.. score.Voices().Select(cutter.Cut)]);
        }
        catch (FormatException fault)
        {
            return MelodySet.OfFault(piece, fault.Message);
        }
    }

    private MelodySet Read(string path, string name)
    {
        try
        {
            byte[] file;
            using (FileStream stream = RegularFile.OpenRead(path))
            {
                RequireSize(stream.Length);
                file = new byte[stream.Length];
                stream.ReadExactly(file);
            }
            return IsMidi(path) ? ReadMidi(file, name) : ReadAbc(Decode(file), name);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            return MelodySet.OfFault(name, fault.Message);
        }
    }

    /// <summary>UTF-8 or, as older files are, Latin-1.</summary>
    private static string Decode(byte[] file)
    {
        ReadOnlySpan<byte> bytes = file;
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static void RequireSize(long bytes)
    {
        if (bytes > MostBytes)
            throw new FormatException($"the file has {bytes} bytes; at most {MostBytes} are read.");
    }

    private static bool IsMidi(string path) =>
        MidiEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsAbc(string path) =>
        Path.GetExtension(path).Equals(".abc", StringComparison.OrdinalIgnoreCase);
}
