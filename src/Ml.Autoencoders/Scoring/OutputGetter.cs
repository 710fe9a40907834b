using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Scoring;

/// <summary>Makes the getters of mapped columns.</summary>
internal static class OutputGetter
{
    /// <param name="column">The column.</param>
    /// <param name="locate">The mapped values of a batch, row after row, and the row that is current.</param>
    public static Delegate Create(OutputColumn column, Func<(float[] Values, int Row)> locate) => column.Kind switch
    {
        OutputKind.Scalar or OutputKind.AnomalyScore => (ValueGetter<float>)((ref float value) =>
        {
            (float[] values, int row) = locate();
            value = values[row];
        }),
        OutputKind.AnomalyLabel => (ValueGetter<bool>)((ref bool value) =>
        {
            (float[] values, int row) = locate();
            value = values[row] != 0;
        }),
        _ when column.AreKeys => (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
        {
            (float[] values, int row) = locate();
            VBufferEditor<uint> editor = VBufferEditor.Create(ref value, column.Size);
            for (int i = 0; i < column.Size; i++)
                editor.Values[i] = (uint)values[row * column.Size + i];
            value = editor.Commit();
        }),
        _ => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            (float[] values, int row) = locate();
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, column.Size);
            values.AsSpan(row * column.Size, column.Size).CopyTo(editor.Values);
            value = editor.Commit();
        }),
    };
}
