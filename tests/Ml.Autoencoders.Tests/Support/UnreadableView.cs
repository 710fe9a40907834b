using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A data view whose cursors fail when a getter is asked for.</summary>
internal sealed class UnreadableView(IDataView source) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    /// <summary>Cursors that are open.</summary>
    public int Open { get; private set; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Open++;
        return new Cursor(this);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n,
        Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(UnreadableView owner) : DataViewRowCursor
    {
        public override DataViewSchema Schema => owner.Schema;

        public override long Position => -1;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            throw new TimeoutException("No getter.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => throw new TimeoutException("No getter.");

        public override bool MoveNext() => false;

        protected override void Dispose(bool disposing)
        {
            owner.Open--;
            base.Dispose(disposing);
        }
    }
}
