using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Windows;

/// <summary>Makes windows of one row after the other, and holds the rows that they need.</summary>
internal sealed class WindowReader
{
    private readonly WindowDescription _description;
    private readonly SeriesReader<WindowRows> _series;
    private readonly NumbersReader _numbers;
    private readonly float[] _row;
    private WindowRows? _current;

    /// <param name="row">The row, or cursor.</param>
    /// <param name="schema">Its columns.</param>
    public WindowReader(DataViewRow row, WindowSchema schema)
    {
        _description = schema.Description;
        _series = new SeriesReader<WindowRows>(row, schema, _description.NewTable());
        _numbers = new NumbersReader(row, schema.Numbers);
        _row = new float[_description.Channels];
    }

    /// <summary>Takes the current row; to be called once for each.</summary>
    /// <exception cref="InvalidOperationException">The row's group is missing or one too many, or its time is not after
    /// that of the group's row before.</exception>
    public void Step()
    {
        _numbers.Read(_row);
        _current = _series.Step(out bool startsAnew);
        if (startsAnew)
            _current.Clear();
        _current.Add(_row);
    }

    /// <summary>The window that ends with the row that was taken last.</summary>
    public void Get(ref VBuffer<float> window)
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref window, _description.Size);
        _current!.CopyTo(editor.Values, _description.Start);
        window = editor.Commit();
    }
}
