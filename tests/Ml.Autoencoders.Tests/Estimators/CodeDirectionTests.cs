using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Directions of attributes, and rows along them.</summary>
internal sealed class CodeDirectionTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Of <see cref="LinearGaussian"/>: z = (2/3 w₁·(x - b), 4/11 w₂·(x - b)) and x = W z + b.</summary>
    private AutoencoderTransformer _linear = null!;

    [OneTimeSetUp]
    public void Make() => _linear = Transformers.Around(_ml, LinearGaussian.Model());

    [OneTimeTearDown]
    public void Dispose() => _linear.Dispose();

    [Test]
    public void A_direction_is_the_difference_of_mean_codes()
    {
        // The means differ by (1, 2, 5).
        float[] direction = _linear.CodeDirection(View([2, 3, 5], [2, 1, 6], [2, 2, 4]), View([0, 1, 0], [2, -1, 0]));
        Assert.That(direction, Is.EqualTo(new[] { 2 / 3.0 * (0.8 + 1.2), 4 / 11.0 * (0.9 - 2.4) }).Within(1e-6));
    }

    [Test]
    public void A_row_moves_as_the_decoder_says()
    {
        float[] direction = _linear.CodeDirection(View([1, 0, 0]), View([0, 0, 0]));
        float[] moved = _linear.Decode(_linear.MoveCode([0, 0], direction, amount: 0.5f));
        double first = 0.8 * 2 / 3, second = 0.9 * 4 / 11;
        Assert.That(moved, Is.EqualTo(new[]
        {
            0.3 + 0.5 * (0.8 * first + 0.9 * second), -0.2 + 0.5 * (0.6 * first - 1.2 * second), 0.1,
        }).Within(1e-6));
    }

    [Test]
    public void A_traversal_decodes_the_codes_on_the_way()
    {
        float[][] rows = _linear.Traverse([1, 2], [0.5f, -1], steps: 3, from: 0, to: 2);
        Assert.That(Bits.Of(rows), Is.EqualTo(Bits.Of(_linear.Decode([[1, 2], [1.5f, 1], [2, 0]]))));
        float[][] usual = _linear.Traverse([1, 2], [0.5f, -1]);
        Assert.That(usual, Has.Length.EqualTo(9));
        Assert.That(usual[0], Is.EqualTo(_linear.Decode([0.5f, 3])).Within(1e-6));
        Assert.That(usual[4], Is.EqualTo(_linear.Decode([1, 2])).Within(1e-6));
        Assert.That(usual[8], Is.EqualTo(_linear.Decode([1.5f, 1])).Within(1e-6));
    }

    [Test]
    public void Codes_on_a_sphere_stay_on_it()
    {
        using AutoencoderTransformer sphere = _ml.Transforms.Autoencoders.Hyperspherical("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 40));
        float[] direction = sphere.CodeDirection(Rows.View(_ml, 9, seed: 2), Rows.View(_ml, 9, seed: 3));
        float[] code = sphere.Encode(Rows.Make(1)[0].Features);
        foreach (float amount in new[] { -100, -1, 0, 0.5f, 1e6f })
        {
            Assert.That(sphere.MoveCode(code, direction, amount).Sum(number => (double)number * number),
                Is.EqualTo(1).Within(1e-6));
        }
        Assert.That(sphere.MoveCode(code, direction, 0), Is.EqualTo(code).Within(1e-6));
        Assert.That(sphere.Traverse(code, direction), Has.Length.EqualTo(9).And.All.Length.EqualTo(Row.Size));
        Assert.That(() => sphere.MoveCode(code, [.. code.Select(number => -number)]),
            Throws.ArgumentException.With.Message.Contains("has no place on the sphere"));
    }

    [Test]
    public void A_condition_is_read_and_given()
    {
        using AutoencoderTransformer model = SmallVariational.FitConditional(_ml);
        LevelRows.LevelRow[] rows = LevelRows.Make(60, seed: 4);
        float[] direction = model.CodeDirection(
            LevelRows.Keyed(_ml, [.. rows.Where(row => LevelRows.SwingOf(row.Features) > 0)]),
            LevelRows.Keyed(_ml, [.. rows.Where(row => LevelRows.SwingOf(row.Features) <= 0)]));
        foreach (string label in model.Conditions)
        {
            float[][] path = model.Traverse([0, 0], direction, condition: label);
            Assert.That(path.Select(LevelRows.SwingOf), Is.Ordered);
            Assert.That(LevelRows.SwingOf(path[^1]) - LevelRows.SwingOf(path[0]), Is.GreaterThan(0.2));
            Assert.That(path.Average(row => row.Average()), Is.EqualTo(LevelRows.LevelOf(label)).Within(0.1));
        }
        Assert.That(() => model.Traverse([0, 0], direction), Throws.ArgumentException.With.Message.Contains("'Level'"));
        Assert.That(() => model.CodeDirection(Rows.View(_ml, 3), Rows.View(_ml, 3)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("'Level'"));
    }

    [Test]
    public void Rows_that_give_no_direction_are_named()
    {
        IDataView some = View([1, 0, 0]), none = View();
        Refused(() => _linear.CodeDirection(none, some),
            "There are no rows, and no mean of their codes. (Parameter 'with')");
        Refused(() => _linear.CodeDirection(some, none),
            "There are no rows, and no mean of their codes. (Parameter 'without')");
        Refused(() => _linear.CodeDirection(some, View([1, 0, 0], [1, 0, 0])),
            "The mean codes of the rows with the attribute and of those without are the same, so that there is no " +
            "direction from one to the other. (Parameter 'with')");
        foreach (float missing in new[] { float.NaN, float.PositiveInfinity })
        {
            Refused(() => _linear.CodeDirection(View([1, 0, 0], [0, missing, 0]), some),
                "Row 1 has no code, because it holds missing values or infinite ones. Leave such rows out, with " +
                "ml.Data.FilterRowsByMissingValues for example. (Parameter 'with')");
        }
        Assert.That(() => _linear.CodeDirection(null!, some),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("with"));
        Assert.That(() => _linear.CodeDirection(some, null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("without"));
        IDataView other = _ml.Transforms.SelectColumns("Label").Fit(Rows.View(_ml, 2)).Transform(Rows.View(_ml, 2));
        Assert.That(() => _linear.CodeDirection(some, other), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith("Could not find input column 'Features' among 'Label'."));
        Assert.That(() => _linear.CodeDirection(Rows.View(_ml, 2), some), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith("Schema mismatch for input column 'Features'"));
    }

    [Test]
    public void Arguments_are_checked_by_the_call()
    {
        Refused(() => _linear.MoveCode([1], [1, 2]), "The code has 1 numbers; it needs 2. (Parameter 'code')");
        Refused(() => _linear.MoveCode([1, 2], [1]),
            "The direction has 1 numbers; it needs 2. (Parameter 'direction')");
        Refused(() => _linear.MoveCode([1, 2], [1, float.NaN]),
            "Number 1 of the direction is NaN; it must be finite. (Parameter 'direction')");
        Refused(() => _linear.MoveCode([1, 2], [1, 2], float.PositiveInfinity),
            "MoveCode: amount is Infinity; it must be a finite number. (Parameter 'amount')");
        Refused(() => _linear.Traverse([1], [1, 2]), "The code has 1 numbers; it needs 2. (Parameter 'code')");
        Refused(() => _linear.Traverse([1, 2], [float.NegativeInfinity, 2]),
            "Number 0 of the direction is -Infinity; it must be finite. (Parameter 'direction')");
        Refused(() => _linear.Traverse([1, 2], [1, 2], steps: 1),
            "Traverse: steps is 1; it must be at least 2. (Parameter 'steps')");
        Refused(() => _linear.Traverse([1, 2], [1, 2], from: float.NaN),
            "Traverse: from is NaN; it must be a finite number. (Parameter 'from')");
        Refused(() => _linear.Traverse([1, 2], [1, 2], condition: "low"), null);
        Assert.That(() => _linear.MoveCode(null!, [1, 2]),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("code"));
        Assert.That(() => _linear.Traverse([1, 2], (float[])null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("direction"));
    }

    [Test]
    public void A_canceled_call_ends()
    {
        var ml = new MLContext(seed: 1);
        using AutoencoderTransformer model = Transformers.Around(ml, LinearGaussian.Model());
        int read = 0;
        IEnumerable<Vector> Rows()
        {
            for (int i = 0; i < 5_000; i++)
            {
                if (++read == 10)
                    ml.CancelExecution();
                yield return new Vector { Features = [1, 2, 3] };
            }
        }

        Assert.That(() => model.CodeDirection(ml.Data.LoadFromEnumerable(Rows()), View([1, 0, 0])),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(read, Is.LessThan(5_000));
    }

    [Test]
    public void No_tensor_is_left() => Assert.That(LiveTensors.Left(() =>
    {
        float[] direction = _linear.CodeDirection(View([1, 0, 0]), View([0, 0, 0]));
        _linear.Traverse([0, 0], direction);
    }), Is.Zero);

    private static void Refused(Action call, string? message) => Assert.That(call,
        message is null ? Throws.InstanceOf<ArgumentException>()
        : Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));

    private IDataView View(params float[][] rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new Vector { Features = row }));

    private sealed class Vector
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
