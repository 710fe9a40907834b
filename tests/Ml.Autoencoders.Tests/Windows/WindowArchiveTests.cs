using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>Windows in model files: the same after loading, an error where a file says what cannot be, and none in
/// ONNX.</summary>
internal sealed class WindowArchiveTests
{
    private const string Description = "SlidingWindow.json";

    private readonly MLContext _ml = new(seed: 1);
    private readonly SeriesRow[] _rows = SeriesRow.Random(80, groups: 3, seed: 6);
    private SlidingWindowTransformer _fitted = null!;
    private byte[] _saved = [];

    private IDataView View => SeriesRow.View(_ml, _rows);

    [OneTimeSetUp]
    public void Save()
    {
        _fitted = _ml.Transforms.SlidingWindow("Window", ["Pressure", "Pair"], new()
        {
            Length = 4,
            GroupColumnName = "Pump",
            TimeColumnName = "Time",
            MaxGap = TimeSpan.FromSeconds(5),
            Start = WindowStart.FirstRow,
            MaxGroups = 3,
        }).Fit(View);
        _saved = ModelZip.Save(_ml, _fitted, View.Schema);
    }

    [Test]
    public void A_loaded_stage_makes_the_same_windows()
    {
        ITransformer loaded = ModelZip.Load(_ml, _saved);
        Assert.That(Bits.OfVectors(loaded.Transform(View), "Window"),
            Is.EqualTo(Bits.OfVectors(_fitted.Transform(View), "Window")).And.Length.EqualTo(80));
        Assert.That(loaded.GetOutputSchema(View.Schema).Select(SchemaText.Of),
            Is.EqualTo(_fitted.GetOutputSchema(View.Schema).Select(SchemaText.Of)));
        Assert.That(ModelZip.Save(_ml, loaded, View.Schema), Has.Length.EqualTo(_saved.Length));
        SeriesRow[] more = [.. _rows, SeriesRow.At(1000, 1, "z")];
        Assert.That(() => loaded.Transform(SeriesRow.View(_ml, more)).GetColumn<float[]>("Window").Count(),
            Throws.InvalidOperationException.With.Message.Contains("the 3 that may be held"), "the bound is saved");
    }

    [Test]
    public void A_length_from_the_data_is_saved()
    {
        SeriesRow[] pulses = [.. Enumerable.Range(0, 300).Select(i => SeriesRow.At(i, i % 17 == 0 ? 1 : 0))];
        IDataView view = SeriesRow.View(_ml, pulses);
        byte[] saved = ModelZip.Save(_ml, _ml.Transforms.SlidingWindow("Window", ["Pressure"]).Fit(view), view.Schema);
        Assert.That(ModelZip.Load(_ml, saved).GetSlidingWindow().Length, Is.EqualTo(17));
    }

    [TestCase("version", "2", "The sliding window's description has version 2; this library reads up to 1.")]
    [TestCase("output", "\"\"", "window.output is empty or white space.")]
    [TestCase("inputs", "[]", "window.inputs is empty; a window needs at least one column.")]
    [TestCase("inputs[1]", "null", "window.inputs[1]: the list holds null where a column must be.")]
    [TestCase("inputs[0].name", "\"a\\u0000b\"", "window.inputs[0].name is 'a\\0b', which holds the character NUL.")]
    [TestCase("inputs[0].size", "0", "window.inputs[0].size is 0; it must be at least 1.")]
    [TestCase("inputs[0].size", "2147483647", "window.inputs[0].size is 2147483647; it must be at most 536870897.")]
    [TestCase("inputs[0].size", "536870897",
        "window.length is 4, with 536870899 numbers per row; a window can have at most 536,870,897 numbers.")]
    [TestCase("length", "0", "window.length is 0; it must be at least 1.")]
    [TestCase("length", "536870897",
        "window.length is 536870897, with 3 numbers per row; a window can have at most 536,870,897 numbers.")]
    [TestCase("length", "100000000", "A window of 100000000 x 3 numbers would take 1,200,000,000 bytes, and at most " +
        "1,073,741,824 are allowed.*")]
    [TestCase("maxGroups", "0", "window.maxGroups is 0; it must be at least 1.")]
    [TestCase("maxGroups", "2147483647", "window.maxGroups is 2147483647; it must be at most 100000000.")]
    [TestCase("group.name", "\" \"", "window.group.name is empty or white space.")]
    [TestCase("time", "null", "window.maxGapTicks is 50000000; the times are not dates or spans.")]
    [TestCase("time.kind", "\"double\"", "window.maxGapTicks is 50000000; the times are not dates or spans.")]
    [TestCase("maxGapTicks", "0", "window.maxGapTicks is 0; it must be at least 1.")]
    [TestCase("maxNumericGap", "1", "window.maxNumericGap is 1; the times are not numbers.")]
    [TestCase("maxNumericGap", "\"NaN\"", "window.maxNumericGap is NaN; it must be a finite number.")]
    [TestCase("start", "\"middle\"", "The sliding window's description cannot be read: *")]
    [TestCase("group.kind", "7", "The sliding window's description cannot be read: *")]
    [TestCase("inputs", "null", "The sliding window's description cannot be read: *")]
    public void What_cannot_be_is_refused_with_its_place(string path, string value, string message)
    {
        byte[] bytes = DescriptionEdit.Edited(_saved, path, value, Description).ToBytes();
        Exception refused = Refused(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(refused.Message,
                Does.StartWith($"The sliding window in the model file cannot be read. {message.TrimEnd('*')}"));
            Assert.That(refused.GetBaseException(), Is.TypeOf<FormatException>()
                .With.Message.Contains($"' in the model file: {message.TrimEnd('*')}"));
        });
    }

    [Test]
    public void A_damaged_or_missing_description_is_refused()
    {
        byte[] json = new ModelZip(_saved).Read(Description);
        for (int i = 0; i < json.Length; i += 3)
        {
            byte[] flipped = [.. json];
            flipped[i] ^= (byte)(1 << i % 8);
            byte[] damaged = new ModelZip(_saved).Replace(Description, flipped).ToBytes();
            Assert.That(Refused(damaged).GetBaseException().Message,
                Does.EndWith($"'{Description}' is damaged: its SHA-256 is not the one that was saved with it."));
        }
        Assert.That(Refused(new ModelZip(_saved).Remove(Description).ToBytes()).GetBaseException().Message,
            Does.EndWith($"'{Description}' is missing."));
    }

    [Test]
    public void A_description_that_unpacks_to_too_much_is_refused_before_it_is_read()
    {
        byte[] spaces = Encoding.UTF8.GetBytes(new string(' ', 4_000_000));
        byte[] bytes = new ModelZip(_saved).Forge(Description, spaces).ToBytes();
        long before = AutoencoderFiles.MaxUnpackedBytes;
        try
        {
            AutoencoderFiles.MaxUnpackedBytes = 1_000_000;
            Assert.That(Refused(bytes).GetBaseException().Message, Does.Contain(
                "would take 4,000,000 bytes, and at most 1,000,000 are allowed."));
        }
        finally
        {
            AutoencoderFiles.MaxUnpackedBytes = before;
        }
    }

    [Test]
    public void An_export_to_onnx_is_refused_by_name([Values] bool whole)
    {
        ITransformer copies = _ml.Transforms.CopyColumns("Copy", "Window").Fit(_fitted.Transform(View));
        ITransformer model = whole ? new TransformerChain<ITransformer>(_fitted, copies) : _fitted;
        Assert.That(() => _ml.Model.ConvertToOnnx(model, View, new MemoryStream()),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo(
                "The stage SlidingWindow of column 'Window' cannot be exported to ONNX: a window is made of several " +
                "rows, and an ONNX model takes each by itself. Export the stages after it, which take windows: " +
                "model.GetAutoencoder(...).SaveOnnx(...), model.GetAnomalyDetector().SaveOnnx(...), or ConvertToOnnx " +
                "of these stages with ml.Data.Cache(windows) as their data. Make the windows with WindowTracker."));
    }

    /// <summary>As the error says.</summary>
    [Test]
    public void The_stage_after_windows_is_exported()
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(40));
        var options = new SlidingWindowOptions { Length = 4, Start = WindowStart.FirstRow };
        IDataView windows = _ml.Transforms.SlidingWindow("Window", ["Single"], options).Fit(rows).Transform(rows);
        using AutoencoderTransformer stage = _ml.Transforms.Autoencoders.Plain("Code", "Window",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training(1) }).Fit(windows);
        IDataView data = _ml.Data.Cache(_ml.Transforms.SelectColumns("Window").Fit(windows).Transform(windows));
        float[][] expected = [.. stage.Transform(data).GetColumn<float[]>("Code")];
        using var converted = new ConvertedModel(_ml, stage, data, ConvertedModel.Newest);
        float[][] found = converted.Run(data, "Code")["Code"];
        Assert.That(found, Is.EqualTo(expected).Within(1e-4).And.Length.EqualTo(40));
        using var folder = new TemporaryFolder();
        stage.SaveOnnx(folder.File("codes.onnx"));
        Assert.That(new FileInfo(folder.File("codes.onnx")).Length, Is.Positive);
    }

    /// <summary>Without what ML.NET wraps around it.</summary>
    private Exception Refused(byte[] bytes) =>
        Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, bytes))!.InnerException!.InnerException!;
}
