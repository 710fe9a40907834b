namespace Ml.Autoencoders.Columns;

/// <summary>Numbers groups from 0 in the order in which they are first met, in however many passes over the
/// rows.</summary>
internal sealed class GroupNumbers
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<Int128, int> _numbers = [];

    /// <summary>Groups that were met.</summary>
    public int Count => _texts.Count + _numbers.Count;

    public int Of(ReadOnlySpan<char> group)
    {
        if (_texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(group, out int number))
            return number;
        return _texts[group.ToString()] = Count;
    }

    public int Of(Int128 group)
    {
        if (_numbers.TryGetValue(group, out int number))
            return number;
        return _numbers[group] = Count;
    }
}
