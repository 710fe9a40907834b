using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace Ml.Autoencoders.Tables;

/// <summary>Counts the values of a column of categories in the rows of a fit.</summary>
internal abstract class CategoryCounter(IHost host, DataViewSchema.Column column)
{
    /// <summary>Characters that are remembered of a column, beyond which it is no column of categories.</summary>
    private const long MostCharacters = 1 << 26;

    private long _missing;
    private long _forgotten;
    private long _characters;

    protected DataViewSchema.Column Column => column;

    /// <summary>Different values so far.</summary>
    public abstract int Count { get; }

    /// <summary>A counter of what a cursor has in a column.</summary>
    public static CategoryCounter Of(IHost host, DataViewRow row, DataViewSchema.Column column) =>
        column.Type is TextDataViewType ? new Texts(host, row, column) : new Codes(host, row, column);

    /// <summary>Counts the value of the row that the cursor is at.</summary>
    public abstract void Add();

    /// <summary>The column with the most frequent of the values.</summary>
    /// <param name="options">How many of them.</param>
    /// <param name="rows">Rows that were counted.</param>
    /// <exception cref="InvalidOperationException">There is no value.</exception>
    public CategoryColumn Finish(TableFeaturizingOptions options, long rows)
    {
        if (_missing == rows)
        {
            throw host.Except(Invariant($"Column '{column.Name}' is missing in all of the {rows:N0} rows of the fit; ")
                + "there must be at least one category. Leave the column out.");
        }
        (string Value, long Count)[] kept = [.. MostFrequent(options.MaximumCategories)];
        if (kept.Length == 0)
        {
            throw host.Except(Invariant($"Column '{column.Name}' has only texts that cannot be categories: longer ") +
                Invariant($"than {Limits.Name:N0} characters, or not well-formed. Make numbers of its words first: ") +
                $"ml.Transforms.Text.FeaturizeText(\"{column.Name}\").");
        }
        long with = kept.Sum(value => value.Count);
        if (with + _missing < rows)
            Warn(kept.Length, with / (double)(rows - _missing));
        MissingSlots missing = options.MissingCategories == MissingCategoryHandling.Gap ? MissingSlots.Gap
            : _missing > 0 ? MissingSlots.Own : MissingSlots.Zeros;
        return Make(missing, [.. kept.Select(value => value.Value)]);
    }

    protected abstract IEnumerable<(string Value, long Count)> MostFrequent(int most);

    protected abstract CategoryColumn Make(MissingSlots missing, string[] values);

    protected void AddMissing() => _missing++;

    /// <summary>A value that gets no slot, however frequent it is.</summary>
    protected void AddForgotten() => _forgotten++;

    /// <summary>Whether a value that was added to the others may stay.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    protected void Remember(int characters)
    {
        _characters += characters;
        if (Count > Limits.Categories || _characters > MostCharacters)
        {
            string what = Count > Limits.Categories
                ? Invariant($"more than {Limits.Categories:N0} different values")
                : Invariant($"different texts of more than {MostCharacters:N0} characters in all");
            throw host.Except($"Column '{column.Name}' has {what}, which are not categories but names or numbers of " +
                "single rows. Leave it out, or make something of it that rows have in common, for example with " +
                $"ml.Transforms.Categorical.OneHotHashEncoding(\"{column.Name}\").");
        }
    }

    private void Warn(int kept, double share)
    {
        using IChannel channel = host.Start("Counting categories");
        channel.Warning("{0}", Invariant($"Column '{column.Name}': {kept:N0} of {Count:N0} categories have a slot, ") +
            Invariant($"and {share:P1} of the rows that have a category have one of these. The others have 0 in all ") +
            $"slots of the column.{Explained}");
    }

    private string Explained => _forgotten == 0 ? "" : Invariant($" So have {_forgotten:N0} rows with a text longer ") +
        Invariant($"than {Limits.Name:N0} characters, or not well-formed.");

    private sealed class Texts(IHost host, DataViewRow row, DataViewSchema.Column column)
        : CategoryCounter(host, column)
    {
        private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
        private ReadOnlyMemory<char> _text;

        public override int Count => _counts.Count;

        public override void Add()
        {
            _getter(ref _text);
            if (_text.IsEmpty)
            {
                AddMissing();
                return;
            }
            if (_text.Length > Limits.Name)
            {
                AddForgotten();
                return;
            }
            ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _counts.GetAlternateLookup<ReadOnlySpan<char>>(), _text.Span, out bool isKnown);
            count++;
            if (!isKnown)
                Remember(_text.Length);
        }

        protected override IEnumerable<(string Value, long Count)> MostFrequent(int most)
        {
            // A file could not hold them, nor an ONNX graph.
            foreach (string damaged in _counts.Keys.Where(text => !IsWellFormed(text)).ToArray())
            {
                _counts.Remove(damaged, out long rows);
                _forgotten += rows;
            }
            return _counts.OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
                .Take(most).Select(value => (value.Key, value.Value));
        }

        protected override CategoryColumn Make(MissingSlots missing, string[] values) =>
            new(Column.Name, DataKind.String, isKey: false, missing, values);

        private static bool IsWellFormed(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                    return false;
            }
            return true;
        }
    }

    private sealed class Codes(IHost host, DataViewRow row, DataViewSchema.Column column)
        : CategoryCounter(host, column)
    {
        private readonly DataKind _kind = TableColumnType.Of(host, column).Kind;
        private readonly CodeReader _read = CategoryCodes.Open(row, column);
        private readonly Dictionary<long, long> _counts = [];

        public override int Count => _counts.Count;

        public override void Add()
        {
            if (!_read(out long code))
            {
                AddMissing();
                return;
            }
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, code, out bool isKnown)++;
            if (!isKnown)
                Remember(0);
        }

        protected override IEnumerable<(string Value, long Count)> MostFrequent(int most) => _counts
            .OrderByDescending(value => value.Value)
            .ThenBy(value => value.Key,
                Comparer<long>.Create((one, other) => CategoryCodes.Compare(_kind, one, other)))
            .Take(most).Select(value => (CategoryCodes.Text(_kind, value.Key), value.Value));

        protected override CategoryColumn Make(MissingSlots missing, string[] values)
        {
            bool isKey = Column.Type is KeyDataViewType;
            string[]? labels = isKey
                ? CategoryColumn.LabelsOf(Column, [.. values.Select(value => CategoryCodes.Parse(_kind, value)!.Value)])
                : null;
            return new(Column.Name, _kind, isKey, missing, values, labels);
        }
    }
}
