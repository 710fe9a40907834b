using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Grids of a latent plane, and one dimension moved at a time.</summary>
internal sealed class GridTests
{
    /// <summary>Φ⁻¹(5/6).</summary>
    private const float Q = 0.96742157f;

    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = SmallVariational.Fit(_ml);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void A_grid_is_read_line_by_line_from_the_upper_left()
    {
        float[][] codes =
        [
            [-Q, Q, 0], [0, Q, 0], [Q, Q, 0],
            [-Q, 0, 0], [0, 0, 0], [Q, 0, 0],
            [-Q, -Q, 0], [0, -Q, 0], [Q, -Q, 0],
        ];
        float[][] rows = _model.LatentGrid(3);
        Assert.That(rows, Is.EqualTo(_model.Decode(codes)).Within(1e-5));
        Assert.That(rows.Select(row => row[0]), Is.Unique);
    }

    [Test]
    public void Its_dimensions_can_be_chosen()
    {
        float[][] rows = _model.LatentGrid(2, xDimension: 2, yDimension: 0);
        const float Half = 0.67448975f;
        Assert.That(rows,
            Is.EqualTo(_model.Decode([[Half, 0, -Half], [Half, 0, Half], [-Half, 0, -Half], [-Half, 0, Half]]))
                .Within(1e-5));
    }

    [Test]
    public void It_is_20_by_20_unless_told() => Assert.That(_model.LatentGrid(), Has.Length.EqualTo(400));

    [TestCase(0, 0, 1, "LatentGrid: side is 0; it must be at least 1. (Parameter 'side')")]
    [TestCase(2, 3, 1, "LatentGrid: xDimension is 3; it must be at most 2. (Parameter 'xDimension')")]
    [TestCase(2, 0, -1, "LatentGrid: yDimension is -1; it must be at least 0. (Parameter 'yDimension')")]
    [TestCase(2, 1, 1, "LatentGrid: both dimensions are 1; a plane needs two. (Parameter 'yDimension')")]
    public void A_plane_that_is_none_is_refused(int side, int x, int y, string message) =>
        Assert.That(() => _model.LatentGrid(side, x, y),
            Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));

    [Test]
    public void A_code_of_one_number_has_no_plane()
    {
        using AutoencoderTransformer line = SmallVariational.Fit(_ml, codeSize: 1);
        Assert.That(() => line.LatentGrid(), Throws.InvalidOperationException.With.Message.EqualTo(
            "A grid of codes needs two dimensions; CodeSize is 1."));
    }

    [Test]
    public void A_family_without_a_normal_prior_has_no_grid()
    {
        using AutoencoderTransformer plain = Stage.Fit(_ml);
        Assert.That(() => plain.LatentGrid(), Throws.InvalidOperationException.With.Message.EqualTo(
            "A grid of codes follows a standard normal prior, which this Plain autoencoder does not have. Decode " +
            "codes of your own choice instead."));
    }

    [Test]
    public void A_traversal_moves_one_dimension_after_the_other()
    {
        float[] code = [7, 8, 9];
        float[][][] rows = _model.Traverse(code, steps: 3, from: -1, to: 1);
        float[][] moved = _model.Decode(
        [
            [-1, 8, 9], [0, 8, 9], [1, 8, 9],
            [7, -1, 9], [7, 0, 9], [7, 1, 9],
            [7, 8, -1], [7, 8, 0], [7, 8, 1],
        ]);
        Assert.That(rows.Select(Bits.Of), Is.EqualTo(moved.Chunk(3).Select(Bits.Of)));
        Assert.That(code, Is.EqualTo(new[] { 7f, 8, 9 }));
    }

    [Test]
    public void A_traversal_has_9_steps_from_minus_3_to_3_unless_told()
    {
        float[][][] rows = _model.Traverse([0, 0, 0]);
        Assert.That(rows, Has.Length.EqualTo(3).And.All.Length.EqualTo(9));
        Assert.That(rows[1][0], Is.EqualTo(_model.Decode([0, -3, 0])).Within(1e-5));
        Assert.That(rows[1][8], Is.EqualTo(_model.Decode([0, 3, 0])).Within(1e-5));
    }

    [Test]
    public void A_traversal_needs_no_prior()
    {
        using AutoencoderTransformer plain = Stage.Fit(_ml);
        Assert.That(plain.Traverse(new float[Stage.CodeSize], steps: 2),
            Has.Length.EqualTo(Stage.CodeSize).And.All.Length.EqualTo(2));
    }

    [Test]
    public void A_traversal_that_is_none_is_refused()
    {
        var code = new float[3];
        Assert.That(() => _model.Traverse([1, 2]), Throws.ArgumentException.With.Message.EqualTo(
            "The code has 2 numbers; it needs 3. (Parameter 'code')"));
        Assert.That(() => _model.Traverse(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("code"));
        Assert.That(() => _model.Traverse(code, steps: 1),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Traverse: steps is 1; it must be at least 2. (Parameter 'steps')"));
        Assert.That(() => _model.Traverse(code, to: float.NaN),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Traverse: to is NaN; it must be a finite number. (Parameter 'to')"));
    }

    [Test]
    public void No_tensor_is_left()
    {
        Assert.That(LiveTensors.Left(() => _model.LatentGrid(4)), Is.Zero);
        Assert.That(LiveTensors.Left(() => _model.Traverse(new float[3])), Is.Zero);
    }
}
