using System.Globalization;
using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>What model files, files of weights and checkpoints may ask of the process that reads them.</summary>
public static class AutoencoderFiles
{
    /// <summary>The name of the setting that <see cref="MaxUnpackedBytes"/> begins with.</summary>
    internal const string Setting = "Ml.Autoencoders.MaxUnpackedBytes";

    private const long DefaultMaxUnpackedBytes = 1 << 30;

    /// <summary>0 until it is first read or set.</summary>
    private static long _maxUnpackedBytes;

    /// <summary>
    /// How many bytes the autoencoders in a file may unpack to, all together. A file that would take more is refused
    /// before memory is allocated for it, with a <see cref="FormatException"/> that states how much it would take. It
    /// holds for the whole process, and for <c>mlContext.Model.Load</c> too.
    /// </summary>
    /// <remarks>
    /// The unpacked length of descriptions and weights counts, and separately the memory that a description takes: 64
    /// bytes for each value, and 2 for each letter of a text or a name. The tensors of a checkpoint do not count: they
    /// are read into the memory of the fit that continues.
    /// </remarks>
    /// <value>At least 1. The default is the value of the runtime setting <c>Ml.Autoencoders.MaxUnpackedBytes</c> (of
    /// <c>runtimeconfig.json</c>, or of <see cref="AppContext"/>) where there is one, and 1 GiB where there is
    /// none.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    /// <exception cref="InvalidOperationException">The runtime setting is not a whole number above 0.</exception>
    public static long MaxUnpackedBytes
    {
        get
        {
            if (Volatile.Read(ref _maxUnpackedBytes) == 0)
                Interlocked.CompareExchange(ref _maxUnpackedBytes, FromSetting(AppContext.GetData(Setting)), 0);
            return Volatile.Read(ref _maxUnpackedBytes);
        }

        set
        {
            Require.AtLeast(value, 1, nameof(AutoencoderFiles), nameof(MaxUnpackedBytes));
            Volatile.Write(ref _maxUnpackedBytes, value);
        }
    }

    /// <summary>The value of <see cref="MaxUnpackedBytes"/> where it was not set.</summary>
    /// <param name="setting">The runtime setting; a text where it is from a file.</param>
    internal static long FromSetting(object? setting)
    {
        if (setting is null)
            return DefaultMaxUnpackedBytes;
        string text = Invariant($"{setting}");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) && bytes > 0
            ? bytes
            : throw new InvalidOperationException(
                $"The runtime setting '{Setting}' is '{text}'; it must be a whole number above 0.");
    }

    /// <param name="bytes">How many are needed.</param>
    /// <param name="what">For what, as the beginning of a sentence.</param>
    /// <exception cref="FormatException">They are more than are allowed.</exception>
    internal static void RequireRoom(long bytes, string what)
    {
        long most = MaxUnpackedBytes;
        if (bytes <= most)
            return;
        throw new FormatException(Invariant($"{what} would take {bytes:N0} bytes, and at most {most:N0} are allowed.") +
            " If you trust the file, set AutoencoderFiles.MaxUnpackedBytes higher.");
    }
}
