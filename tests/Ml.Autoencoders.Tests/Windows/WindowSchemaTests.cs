using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>The column of windows: promised and delivered, with its names and what it says about itself.</summary>
internal sealed class WindowSchemaTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void The_schema_that_is_promised_is_delivered(
        [Values(null, "Pump", "Number")] string? group, [Values(null, "Time", "Seconds")] string? time)
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(9));
        SlidingWindowEstimator estimator =
            _ml.Transforms.SlidingWindow("Window", ["Pressure", "Pair"], 3, group, time);
        SchemaShape promised = estimator.GetOutputSchema(SchemaShape.Create(rows.Schema));
        SlidingWindowTransformer fitted = estimator.Fit(rows);
        DataViewSchema delivered = fitted.GetOutputSchema(rows.Schema);
        Assert.Multiple(() =>
        {
            Assert.That(SchemaText.Of(SchemaShape.Create(delivered)), Is.EquivalentTo(SchemaText.Of(promised)));
            Assert.That(fitted.Transform(rows).Schema.Select(SchemaText.Of),
                Is.EqualTo(delivered.Select(SchemaText.Of)));
            Assert.That(delivered["Window"].Type,
                Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 3, 3)));
            Assert.That(WindowColumn.Of(Host(), delivered["Window"]), Is.EqualTo(new WindowColumn(3, 3, group, time)));
        });
    }

    [Test]
    public void A_column_of_the_same_name_is_hidden()
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(4));
        SlidingWindowEstimator estimator = _ml.Transforms.SlidingWindow("Pressure", ["Pressure"], 2);
        IDataView windows = estimator.Fit(rows).Transform(rows);
        Assert.That(SchemaText.Of(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema))),
            Is.EquivalentTo(SchemaText.Of(SchemaShape.Create(windows.Schema))));
        Assert.That(windows.GetColumn<float[]>("Pressure").Last(), Is.EqualTo(new float[] { 2, 3 }));
    }

    [Test]
    public void Slots_are_named_by_column_and_step()
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(2));
        var pipeline = _ml.Transforms.Concatenate("Sensors", "Pressure", "Single")
            .Append(_ml.Transforms.SlidingWindow("Window", ["Flow", "Sensors", "Pair"], 3));
        VBuffer<ReadOnlyMemory<char>> names = default;
        pipeline.Fit(rows).GetOutputSchema(rows.Schema)["Window"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => $"{name}"), Is.EqualTo(new[]
        {
            "Flow[-2]", "Pressure[-2]", "Single[-2]", "Pair.0[-2]", "Pair.1[-2]",
            "Flow[-1]", "Pressure[-1]", "Single[-1]", "Pair.0[-1]", "Pair.1[-1]",
            "Flow[0]", "Pressure[0]", "Single[0]", "Pair.0[0]", "Pair.1[0]",
        }));
    }

    [Test]
    public void What_the_column_says_survives_a_copy()
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(4));
        var pipeline = _ml.Transforms.SlidingWindow("Window", ["Pressure"], 2, "Pump", "Time")
            .Append(_ml.Transforms.CopyColumns("Copy", "Window"));
        Assert.That(WindowColumn.Of(Host(), pipeline.Fit(rows).GetOutputSchema(rows.Schema)["Copy"]),
            Is.EqualTo(new WindowColumn(2, 1, "Pump", "Time")));
    }

    [Test]
    public void The_transformer_says_what_its_windows_are()
    {
        SlidingWindowEstimator estimator =
            _ml.Transforms.SlidingWindow("Window", ["Pressure", "Pair"], 60, "Pump", "Time");
        SlidingWindowTransformer fitted = estimator.Fit(SeriesRow.View(_ml, SeriesRow.Make(4)));
        Assert.That((fitted.OutputColumnName, fitted.Length, fitted.Channels, fitted.GroupColumnName,
            fitted.TimeColumnName), Is.EqualTo(("Window", 60, 3, "Pump", "Time")));
        Assert.That(fitted.InputColumnNames, Is.EqualTo(new[] { "Pressure", "Pair" }));
        Assert.That(fitted.ToString(), Is.EqualTo("Windows 60 x 3 of Pressure, Pair by Pump in order of Time"));
    }

    private Microsoft.ML.Runtime.IHost Host() => ((Microsoft.ML.Runtime.IHostEnvironment)_ml).Register("Test");
}
