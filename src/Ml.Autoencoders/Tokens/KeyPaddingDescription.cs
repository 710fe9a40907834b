using static System.FormattableString;

namespace Ml.Autoencoders.Tokens;

/// <summary>Everything about a stage that pads and cuts sequences of keys: what is saved.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="Output">The column of the sequences of equal length.</param>
/// <param name="Input">The column that they are made of.</param>
/// <param name="Length">Keys of a row that is written, T.</param>
/// <param name="PaddingSide">Where short rows are padded.</param>
/// <param name="TruncationSide">Where long rows are cut.</param>
internal sealed record KeyPaddingDescription(int Version, string Output, string Input, int Length,
    SequenceSide PaddingSide, SequenceSide TruncationSide)
{
    /// <summary>The version that is written. A reader refuses newer ones.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Which keys of a row of some length are written, and where: so many, from a key of the row on, from a
    /// slot of the output on.</summary>
    public (int Source, int Target, int Count) Move(int size) => size < Length
        ? (0, PaddingSide == SequenceSide.End ? 0 : Length - size, size)
        : (TruncationSide == SequenceSide.End ? 0 : size - Length, 0, Length);

    /// <summary>Checks what a call gives, or a file.</summary>
    /// <exception cref="ArgumentException">A call gives what cannot be.</exception>
    /// <exception cref="FormatException">A file holds what cannot be.</exception>
    public void Check(Place place)
    {
        Require.Within(Length, 1, Limits.Width, place, nameof(Length));
        Require.Defined(PaddingSide, place, nameof(PaddingSide));
        Require.Defined(TruncationSide, place, nameof(TruncationSide));
        if (!place.IsEntry)
            return;
        Require.ColumnName(Output, place, nameof(Output));
        Require.ColumnName(Input, place, nameof(Input));
        AutoencoderFiles.RequireRoom(Length * (long)sizeof(ulong), Invariant($"A sequence of {Length} keys"));
    }
}
