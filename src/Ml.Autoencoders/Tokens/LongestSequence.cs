using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace Ml.Autoencoders.Tokens;

/// <summary>The length of sequences where none is given: that of the longest of the fit.</summary>
internal static class LongestSequence
{
    /// <exception cref="InvalidOperationException">No row has a key, or one has too many.</exception>
    /// <exception cref="OperationCanceledException">The fit was canceled.</exception>
    public static int Find(IHost host, IDataView view, string name)
    {
        (DataViewSchema.Column column, VectorDataViewType type, KeyDataViewType key) =
            KeySequences.Find(host, view.Schema, name);
        int longest = type.IsKnownSize ? type.Size : Read(host, view, column, key);
        if (longest == 0)
            throw new InvalidOperationException(
                $"Column '{name}' has no key in any row, which gives no length. Set the length of the sequences.");
        if (longest > Limits.Width)
            throw new InvalidOperationException(Invariant($"The longest row of column '{name}' has {longest:N0} ") +
                Invariant($"keys; sequences can have at most {Limits.Width:N0}. Set their length."));
        using IChannel channel = host.Start("Sequence length");
        channel.Info("{0}", Invariant($"Sequences have {longest} keys, as the longest of column '{name}'."));
        return longest;
    }

    private static int Read(IHost host, IDataView view, DataViewSchema.Column column, KeyDataViewType key)
    {
        int longest = 0;
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        Func<int> size = KeyReading.Size(cursor, column, key);
        while (cursor.MoveNext())
        {
            host.CheckAlive();
            longest = Math.Max(longest, size());
        }
        return longest;
    }
}
