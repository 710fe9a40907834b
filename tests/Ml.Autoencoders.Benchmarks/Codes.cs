using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>Reads a column of vectors of a data view, as what follows the stage does.</summary>
internal static class Codes
{
    public static void Read(IDataView view, string name = "Code")
    {
        DataViewSchema.Column column = view.Schema[name];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> code = default;
        while (cursor.MoveNext())
            getter(ref code);
    }
}
