using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Rows on the way between two codes.</summary>
internal sealed class InterpolateTests
{
    private static readonly float[] From = [1, 0.5f, -2];
    private static readonly float[] To = [-1.5f, 2, 0.25f];

    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = SmallVariational.Fit(_ml, scaling: InputScaling.MinMax);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void Both_ends_are_the_rows_of_the_codes_themselves([Values] Interpolation path, [Values(2, 7)] int steps)
    {
        float[][] rows = _model.Interpolate(From, To, steps, path);

        // Among as many rows: the last bits of a matrix product depend on how many there are.
        Assert.That(rows, Has.Length.EqualTo(steps));
        Assert.That(Bits.Of(rows[0]), Is.EqualTo(Bits.Of(_model.Decode(Enumerable.Repeat(From, steps).ToArray())[0])));
        Assert.That(Bits.Of(rows[^1]), Is.EqualTo(Bits.Of(_model.Decode(Enumerable.Repeat(To, steps).ToArray())[^1])));
        Assert.That(rows[0], Is.EqualTo(_model.Decode(From)).Within(1e-5));
        Assert.That(rows[^1], Is.EqualTo(_model.Decode(To)).Within(1e-5));
    }

    [Test]
    public void A_straight_line_is_the_default_and_passes_through_the_middle()
    {
        float[][] rows = _model.Interpolate(From, To, 3);
        Assert.That(Bits.Of(rows), Is.EqualTo(Bits.Of(_model.Interpolate(From, To, 3, Interpolation.Linear))));
        Assert.That(Bits.Of(rows), Is.EqualTo(Bits.Of(_model.Decode([From, [-0.25f, 1.25f, -0.875f], To]))));
    }

    [Test]
    public void The_arc_leaves_the_line_between_its_ends()
    {
        float[][] line = _model.Interpolate(From, To, 5);
        float[][] arc = _model.Interpolate(From, To, 5, Interpolation.Spherical);
        double[] apart = [.. line.Zip(arc, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max())];
        Assert.That(apart[0], Is.Zero);
        Assert.That(apart[1..4], Has.All.GreaterThan(1e-3));
        Assert.That(apart[4], Is.Zero);
    }

    [Test]
    public void The_arc_keeps_the_length_of_codes_of_one_length()
    {
        using AutoencoderTransformer linear = Transformers.Around(_ml, LinearGaussian.Model());
        float[] row = linear.Interpolate([2, 0], [0, 2], 3, Interpolation.Spherical)[1];

        // The code (√2, √2) under x = W z + b.
        Assert.That(row, Is.EqualTo(new[] { 0.3 + Math.Sqrt(2) * 1.7, -0.2 - Math.Sqrt(2) * 0.6, 0.1 }).Within(1e-5));
    }

    [Test]
    public void The_way_from_a_code_to_itself_is_its_row_throughout([Values] Interpolation path) =>
        Assert.That(Bits.Of(_model.Interpolate(From, [.. From], 4, path)),
            Is.EqualTo(Bits.Of(_model.Decode([From, From, From, From]))));

    [Test]
    public void Codes_have_the_size_of_the_model()
    {
        Assert.That(() => _model.Interpolate([1], To, 3), Throws.ArgumentException.With.Message.EqualTo(
            "The code has 1 numbers; it needs 3. (Parameter 'from')"));
        Assert.That(() => _model.Interpolate(From, [1, 2, 3, 4], 3), Throws.ArgumentException.With.Message.EqualTo(
            "The code has 4 numbers; it needs 3. (Parameter 'to')"));
        Assert.That(() => _model.Interpolate(null!, To, 3),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("from"));
        Assert.That(() => _model.Interpolate(From, null!, 3),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("to"));
    }

    [Test]
    public void A_way_has_two_ends_and_a_kind()
    {
        Assert.That(() => _model.Interpolate(From, To, 1),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Interpolate: steps is 1; it must be at least 2. (Parameter 'steps')"));
        Assert.That(() => _model.Interpolate(From, To, 3, (Interpolation)5),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.Contain("Interpolate: path is 5").And.Property("ParamName").EqualTo("path"));
    }

    [Test]
    public void No_tensor_is_left() => Assert.That(LiveTensors.Left(() => _model.Interpolate(From, To, 9)), Is.Zero);
}
