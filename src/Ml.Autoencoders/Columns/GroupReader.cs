using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Columns;

/// <summary>Reads the groups of one row after the other.</summary>
/// <param name="context">For errors.</param>
/// <param name="row">The row, or cursor.</param>
/// <param name="column">The column of the groups.</param>
/// <param name="numbers">Numbers the groups.</param>
internal sealed class GroupReader(IExceptionContext context, DataViewRow row, DataViewSchema.Column column,
    GroupNumbers numbers)
{
    private readonly ValueGetter<ReadOnlyMemory<char>>? _text = column.Type is TextDataViewType
        ? row.GetGetter<ReadOnlyMemory<char>>(column) : null;

    private readonly Func<Int128>? _number = column.Type is TextDataViewType ? null
        : ScalarReader.Of<Int128>(row, column);

    private readonly bool _isKey = column.Type is KeyDataViewType;

    private ReadOnlyMemory<char> _name;

    /// <summary>The number of the current row's group.</summary>
    /// <exception cref="InvalidOperationException">The group is missing.</exception>
    public int Read()
    {
        if (_number is not null)
        {
            Int128 number = _number();
            return _isKey && number <= 0 ? throw Missing() : numbers.Of(number);
        }
        _text!(ref _name);
        return _name.IsEmpty ? throw Missing() : numbers.Of(_name.Span);
    }

    private Exception Missing() => context.Except(FormattableString.Invariant(
        $"Column '{column.Name}', row {row.Position:N0}: the group is missing. Give every row one, or leave such ") +
        "rows out before the fit.");
}
