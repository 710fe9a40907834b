using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Passes everything on to another data view, and counts what is asked of it.</summary>
internal sealed class CountingView(IDataView source) : IDataView
{
    public int CursorsOpened { get; private set; }

    public int CursorsDisposed { get; private set; }

    public int RowsRead { get; private set; }

    /// <summary>The names of the columns that the last cursor was asked for.</summary>
    public IReadOnlyList<string> ColumnsAsked { get; private set; } = [];

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        CursorsOpened++;
        ColumnsAsked = [.. needed.Select(column => column.Name)];
        return new Cursor(this, source.GetRowCursor(needed, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n,
        Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(CountingView owner, DataViewRowCursor source) : DataViewRowCursor
    {
        private bool _disposed;

        public override DataViewSchema Schema => source.Schema;

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => source.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            source.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        public override bool MoveNext()
        {
            bool moved = source.MoveNext();
            if (moved)
                owner.RowsRead++;
            return moved;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                owner.CursorsDisposed++;
                source.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
