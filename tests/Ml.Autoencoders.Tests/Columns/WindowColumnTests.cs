using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Tests.Columns;

/// <summary>What a column of windows says about itself.</summary>
internal sealed class WindowColumnTests
{
    private readonly IHost _host = ((IHostEnvironment)new MLContext()).Register("Test");

    [Test]
    public void What_is_written_is_read([Values(null, "Pump")] string? group, [Values(null, "Time")] string? time)
    {
        var written = new WindowColumn(3, 2, group, time);
        Assert.That(WindowColumn.Of(_host, Column(6, written.AddTo)), Is.EqualTo(written));
    }

    [Test]
    public void A_column_that_says_nothing_holds_no_windows() =>
        Assert.That(WindowColumn.Of(_host, Column(6, _ => { })), Is.Null);

    [TestCase(new[] { 3 }, "[3]; it must be two numbers above 0, steps and channels.")]
    [TestCase(new[] { 3, 0 }, "[3, 0]; it must be two numbers above 0, steps and channels.")]
    [TestCase(new[] { -3, -2 }, "[-3, -2]; it must be two numbers above 0, steps and channels.")]
    [TestCase(new[] { 3, 3 }, "[3, 3]; the column has 6 numbers.")]
    [TestCase(new[] { 65536, 65536 }, "[65536, 65536]; the column has 6 numbers.")]
    public void Sizes_that_cannot_be_are_refused(int[] sizes, string fault) =>
        RequireRefused(annotations => annotations.Add(WindowColumn.Annotation,
            new VectorDataViewType(NumberDataViewType.Int32, sizes.Length),
            (ref VBuffer<int> value) => value = new VBuffer<int>(sizes.Length, sizes)), "SlidingWindow", fault);

    [Test]
    public void Other_types_are_refused()
    {
        RequireRefused(annotations => annotations.Add(WindowColumn.Annotation, NumberDataViewType.Int32,
            (ref int value) => value = 6), "SlidingWindow", "a Int32; it must be a vector of Int32.");
        RequireRefused(annotations =>
        {
            new WindowColumn(3, 2, null, null).AddTo(annotations);
            annotations.Add(WindowColumn.GroupAnnotation, NumberDataViewType.Int32, (ref int value) => value = 6);
        }, "SlidingWindowGroup", "a Int32; it must be a text.");
    }

    [Test]
    public void A_window_is_missing_where_all_of_it_is_NaN()
    {
        float[] marked = new float[4];
        WindowColumn.MarkMissing(marked);
        Assert.That(WindowColumn.IsMissing(marked), Is.True);
        for (int slot = 0; slot < marked.Length; slot++)
        {
            float[] partly = [.. marked];
            partly[slot] = 0;
            Assert.That(WindowColumn.IsMissing(partly), Is.False);
        }
    }

    private void RequireRefused(Action<DataViewSchema.Annotations.Builder> annotate, string kind, string fault) =>
        Assert.That(() => WindowColumn.Of(_host, Column(6, annotate)), Throws.InvalidOperationException
            .With.Message.EqualTo(
                $"The annotation {kind} of column 'Window', which says what its windows are, is {fault}"));

    private static DataViewSchema.Column Column(int size, Action<DataViewSchema.Annotations.Builder> annotate)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotate(annotations);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Window", new VectorDataViewType(NumberDataViewType.Single, size),
            annotations.ToAnnotations());
        return schema.ToSchema()["Window"];
    }
}
