using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Makes the getters of mapped columns.</summary>
internal static class OutputGetter
{
    /// <param name="column">The column.</param>
    /// <param name="locate">The mapped values of a batch, row behind row, and the row that is current.</param>
    public static Delegate Create(OutputColumn column, Func<(float[] Values, int Row)> locate) => column.IsScalar
        ? (ValueGetter<float>)((ref float value) =>
        {
            (float[] values, int row) = locate();
            value = values[row];
        })
        : (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            (float[] values, int row) = locate();
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, column.Size);
            values.AsSpan(row * column.Size, column.Size).CopyTo(editor.Values);
            value = editor.Commit();
        });
}
