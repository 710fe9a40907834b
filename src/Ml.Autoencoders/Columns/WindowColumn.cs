using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Columns;

/// <summary>What a column of sliding windows says about itself in its annotations, and how it marks a row that has no
/// window.</summary>
/// <param name="Steps">Rows of a window, T.</param>
/// <param name="Channels">Numbers of a row, C.</param>
/// <param name="Group">The column of the groups that windows do not mix; null where there is none.</param>
/// <param name="Time">The column of the times of rows; null where there is none.</param>
internal sealed record WindowColumn(int Steps, int Channels, string? Group, string? Time)
{
    /// <summary>The annotation that makes a column one of windows: its numbers are T and C.</summary>
    public const string Annotation = "SlidingWindow";

    /// <summary>The annotation with the name of the group column, where there is one.</summary>
    public const string GroupAnnotation = "SlidingWindowGroup";

    /// <summary>The annotation with the name of the time column, where there is one.</summary>
    public const string TimeAnnotation = "SlidingWindowTime";

    /// <summary>What a column says; null where it does not say that it holds windows.</summary>
    /// <exception cref="InvalidOperationException">What it says cannot be true of the column.</exception>
    public static WindowColumn? Of(IExceptionContext context, DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Annotation) is not { } noted)
            return null;
        if (noted.Type is not VectorDataViewType { ItemType: var item } || item != NumberDataViewType.Int32)
            throw Wrong(context, column, Annotation, $"is a {noted.Type}; it must be a vector of Int32.");
        VBuffer<int> sizes = default;
        column.Annotations.GetValue(Annotation, ref sizes);
        if (sizes.DenseValues().ToArray() is not [> 0 and var steps, > 0 and var channels])
            throw Wrong(context, column, Annotation,
                $"is [{Shown.List([.. sizes.DenseValues()])}]; it must be two numbers above 0, steps and channels.");
        int size = column.Type is VectorDataViewType vector ? vector.Size : 1;
        if ((long)steps * channels != size)
            throw Wrong(context, column, Annotation, FormattableString.Invariant(
                $"is [{steps}, {channels}]; the column has {size} numbers."));
        return new(steps, channels, NameOf(context, column, GroupAnnotation), NameOf(context, column, TimeAnnotation));
    }

    /// <summary>Whether a row has no window: every slot is NaN. A window that misses some of its numbers is one; a
    /// window that misses all of them says as much as none.</summary>
    public static bool IsMissing(ReadOnlySpan<float> window)
    {
        foreach (float number in window)
        {
            if (!float.IsNaN(number))
                return false;
        }
        return true;
    }

    /// <summary>Whether a window is another one moved by one row: it has all of its numbers but those of the first
    /// step. The bits are compared, since a missing number is not equal to itself.</summary>
    /// <param name="window">The later one.</param>
    /// <param name="last">The one before it.</param>
    /// <param name="channels">Numbers of a row.</param>
    public static bool IsNext(ReadOnlySpan<float> window, ReadOnlySpan<float> last, int channels) =>
        MemoryMarshal.Cast<float, int>(window[..^channels])
            .SequenceEqual(MemoryMarshal.Cast<float, int>(last[channels..]));

    /// <summary>Marks a row that has no window.</summary>
    public static void MarkMissing(Span<float> window) => window.Fill(float.NaN);

    /// <summary>Adds the annotations to those of a column.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder annotations)
    {
        var sizes = new VBuffer<int>(2, [Steps, Channels]);
        annotations.Add(Annotation, new VectorDataViewType(NumberDataViewType.Int32, 2),
            (ref VBuffer<int> value) => sizes.CopyTo(ref value));
        AddName(annotations, GroupAnnotation, Group);
        AddName(annotations, TimeAnnotation, Time);
    }

    /// <summary>The same promise before there is data.</summary>
    public static IEnumerable<SchemaShape.Column> Promise(bool hasGroup, bool hasTime)
    {
        yield return new(Annotation, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Int32, isKey: false);
        if (hasGroup)
            yield return Text(GroupAnnotation);
        if (hasTime)
            yield return Text(TimeAnnotation);

        static SchemaShape.Column Text(string name) =>
            new(name, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance, isKey: false);
    }

    private static void AddName(DataViewSchema.Annotations.Builder annotations, string kind, string? name)
    {
        if (name is not null)
            annotations.Add(kind, TextDataViewType.Instance,
                (ref ReadOnlyMemory<char> value) => value = name.AsMemory());
    }

    private static string? NameOf(IExceptionContext context, DataViewSchema.Column column, string kind)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind) is not { } noted)
            return null;
        if (noted.Type != TextDataViewType.Instance)
            throw Wrong(context, column, kind, $"is a {noted.Type}; it must be a text.");
        ReadOnlyMemory<char> name = default;
        column.Annotations.GetValue(kind, ref name);
        return name.ToString();
    }

    private static Exception Wrong(
        IExceptionContext context, DataViewSchema.Column column, string kind, string fault) => context.Except(
        $"The annotation {kind} of column '{column.Name}', which says what its windows are, {fault}");
}
