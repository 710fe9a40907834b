using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>Codes on the sphere: their columns, what they hold, and what can be done with them.</summary>
internal sealed class HypersphericalTests
{
    private const int Seed = 7;

    private static readonly Network[] Networks = [Small.Network, Network.Convolutional(4, 3, 1, [4])];

    private readonly MLContext _ml = new(1);
    private AutoencoderTransformer _model = null!;
    private IDataView _rows = null!;
    private Direction[] _scored = [];

    [OneTimeSetUp]
    public void Fit()
    {
        _rows = Turned(300);
        _model = Make(Small.Network, epochs: 60).Fit(_rows);
        _scored = Read(_model, _rows);
    }

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    /// <summary>Rows that turn with one angle: on a circle codes can follow it all the way round.</summary>
    [Test]
    public void Codes_follow_a_turn_all_the_way_round()
    {
        Assert.That(_scored.Average(row => row.Error), Is.LessThan(0.02), "the variance of a slot is 0.5");
        double kept = _scored.Zip(_scored.Skip(1), (a, b) => (double)a.Code[0] * b.Code[0] + a.Code[1] * b.Code[1])
            .Average();
        Assert.That(kept, Is.GreaterThan(0.99), "neighbors in angle are neighbors on the circle");
        Assert.That(_scored.Average(row => row.Concentration), Is.GreaterThan(20));
        // All directions are used, as the prior says: no quarter is left out.
        int[] quarters = [.. _scored.Select(row => (row.Code[0] > 0 ? 1 : 0) + (row.Code[1] > 0 ? 2 : 0))];
        for (int quarter = 0; quarter < 4; quarter++)
            Assert.That(quarters.Count(found => found == quarter), Is.GreaterThan(20));
        Assert.That(_model.History[^1].Training.Terms.Keys, Is.EqualTo(new[] { "reconstruction", "kl" }));
    }

    [Test]
    public void Columns_are_delivered_as_promised()
    {
        DataViewSchema schema = _model.GetOutputSchema(_rows.Schema);
        Assert.That(schema["Concentration"].Type, Is.EqualTo(NumberDataViewType.Single));
        Assert.That(schema["Code"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 2)));
        string Describe(SchemaShape.Column column) =>
            $"{column.Name} {column.Kind} {column.ItemType} " +
            string.Join(" ", column.Annotations.Select(one => one.Name));
        Assert.That(Make(Small.Network, epochs: 1).GetOutputSchema(SchemaShape.Create(_rows.Schema)).Select(Describe),
            Is.EquivalentTo(SchemaShape.Create(schema).Select(Describe)));
    }

    [Test]
    public void Codes_and_draws_have_length_1()
    {
        foreach (Direction row in _scored)
        {
            Assert.That(Length(row.Code), Is.EqualTo(1).Within(1e-6));
            Assert.That(Length(row.Draw), Is.EqualTo(1).Within(1e-6));
        }
        Assert.That(_model.Encode([.. _rows.GetColumn<float[]>("Features")]).Select(Length), Has.All.EqualTo(1)
            .Within(1e-6));
    }

    [Test]
    public void A_draw_is_the_row_s_noise_around_its_mean()
    {
        Assert.That(_scored[..100].Count(row => row.Concentration > 50), Is.GreaterThan(20));
        var noise = new float[2];
        for (int i = 0; i < 100; i++)
        {
            RowNoise.Fill(noise, Seed, new DataViewRowId((ulong)i, 0));
            double along = _scored[i].Code.Zip(_scored[i].Draw, (a, b) => (double)a * b).Sum();
            double angle = Math.Acos(Math.Clamp(along, -1, 1));
            // On the circle, where κ is large, the angle's size is nearly that of a half-normal number over √κ.
            if (_scored[i].Concentration < 50)
                continue;
            double share = NormalShare(noise[0]);
            double expected = HalfNormalQuantile(share) / Math.Sqrt(_scored[i].Concentration);
            Assert.That(angle, Is.EqualTo(expected).Within(0.03 * expected + 1e-3));
        }
    }

    [Test]
    public void The_concentration_is_the_same_in_torch_and_managed_code_and_ONNX(
        [ValueSource(nameof(Networks))] Network network)
    {
        using AutoencoderTransformer model = Make(network, epochs: 2, draws: false, size: 3).Fit(_rows);
        IDataView scored = model.Transform(_rows);
        float[][] codes = [.. scored.GetColumn<float[]>("Code")];
        float[] concentrations = [.. scored.GetColumn<float>("Concentration")];
        Assert.That(codes.Select(Length), Has.All.EqualTo(1).Within(1e-6));

        using AutoencoderTransformer drawing = Make(network, epochs: 2, draws: true, size: 3).Fit(_rows);
        Direction[] inTorch = Read(drawing, _rows);
        Assert.That(inTorch.Select(row => row.Code).ToArray(), Near.To(codes));
        Assert.That(inTorch.Select(row => row.Concentration), Is.EqualTo(concentrations).Within(0.01).Percent);

        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        float[][] rows = [.. _rows.GetColumn<float[]>("Features")];
        Assert.That(session.Run("Features", rows)["Code"], Near.To(codes));
        Assert.That(session.Run("Features", rows)["Concentration"].Select(row => row[0]),
            Is.EqualTo(concentrations).Within(0.01).Percent);
    }

    [Test]
    public void A_draw_cannot_be_had_in_ONNX() =>
        Assert.That(() => _model.SaveOnnx("never.onnx"),
            Throws.InvalidOperationException.With.Message.Contains("Draw"));

    [Test]
    public void A_loaded_model_gives_the_same_bits()
    {
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, ModelZip.Save(_ml, _model, _rows.Schema));
        Assert.That(Read(loaded, _rows).Select(row => row.Bits), Is.EqualTo(_scored.Select(row => row.Bits)));
        Assert.That(loaded.Sample(3, seed: 2), Is.EqualTo(_model.Sample(3, seed: 2)));
        Assert.That(loaded.Prior, Is.EqualTo(_model.Prior));
    }

    [Test]
    public void A_row_has_the_same_bits_whichever_rows_it_is_read_with()
    {
        IDataView few = _ml.Data.TakeRows(_ml.Data.SkipRows(_rows, 100), 5);
        Assert.That(Read(_model, few).Select(row => row.Bits), Is.EqualTo(_scored[100..105].Select(row => row.Bits)));
        Assert.That(Bits.OfNumbers(_model.Transform(_rows), "Bound"),
            Is.EqualTo(Bits.Of([.. _scored.Select(row => row.Bound)])));
    }

    [Test]
    public void A_prediction_engine_gives_every_column()
    {
        using PredictionEngine<Row, Direction> engine = _ml.Model.CreatePredictionEngine<Row, Direction>(_model,
            new PredictionEngineOptions { OwnsTransformer = false });
        Row[] rows = [.. _ml.Data.CreateEnumerable<Row>(_rows, reuseRowObject: false).Take(4)];
        for (int i = 0; i < rows.Length; i++)
            Assert.That(engine.Predict(rows[i]).Bits, Is.EqualTo(_scored[i].Bits));
    }

    [Test]
    public void A_missing_value_spoils_its_own_row_only()
    {
        Row[] rows = [.. _ml.Data.CreateEnumerable<Row>(_rows, reuseRowObject: false).Take(20)];
        rows[7].Features[4] = float.NaN;
        Direction[] spoiled = Read(_model, _ml.Data.LoadFromEnumerable(rows));
        Assert.That(spoiled[7].Code.Concat(spoiled[7].Draw).Append(spoiled[7].Concentration).Append(spoiled[7].Bound),
            Has.All.NaN);
        Assert.That(spoiled.Where((_, i) => i != 7).Select(row => row.Bits),
            Is.EqualTo(_scored[..20].Where((_, i) => i != 7).Select(row => row.Bits)));
    }

    [Test]
    public void The_likelihood_is_above_the_lower_bound_and_rises_with_the_draws()
    {
        double bound = _scored.Average(row => row.Bound);
        double[] likelihoods = [.. new[] { 1, 10, 300 }.Select(draws => (double)_model.LogLikelihood(_rows, draws)
            .Average())];
        // Of one draw the two differ by what a draw's ln q - ln p is off its mean.
        Assert.That(likelihoods[0], Is.EqualTo(bound).Within(0.5));
        Assert.That(likelihoods, Is.Ordered);
        Assert.That(likelihoods[2], Is.GreaterThan(bound));
        Assert.That(-_model.History[^1].Training.Total, Is.EqualTo(bound).Within(3));
    }

    [Test]
    public void Samples_come_from_codes_that_are_uniform_on_the_sphere()
    {
        var prior = new SpherePrior();
        Assert.That(_model.Prior, Is.EqualTo(prior));
        Assert.That(Bits.Of(_model.Sample(5, seed: 3)), Is.EqualTo(Bits.Of(_model.Sample(9, seed: 3)[..5])));
        Assert.That(_model.Sample(5, seed: 4), Is.Not.EqualTo(_model.Sample(5, seed: 3)));
    }

    [Test]
    public void What_would_leave_the_sphere_is_refused_by_name()
    {
        float[] code = [1, 0];
        Assert.That(() => _model.Traverse(code), Throws.InvalidOperationException.With.Message.EqualTo(
            "Moving one number of a code alone takes it off the sphere that codes of a " +
            "Hyperspherical autoencoder lie on. Interpolate between codes instead."));
        Assert.That(() => _model.FitMixture(_rows), Throws.InvalidOperationException.With.Message.EqualTo(
            "A mixture of normal distributions draws codes off the sphere that codes of a Hyperspherical " +
            "autoencoder lie on. Draw rows with Sample instead."));
        Assert.That(() => _model.LatentGrid(),
            Throws.InvalidOperationException.With.Message.Contains("Hyperspherical"));
        Assert.That(() => _model.Interpolate(code, [0, 1], 3, Interpolation.Linear),
            Throws.ArgumentException.With.Message.Contains("leaves the sphere"));
        Assert.That(() => _model.Interpolate(code, [-1, 0], 3),
            Throws.ArgumentException.With.Message.Contains("opposite"));
    }

    [Test]
    public void Other_families_refuse_the_prior_of_the_sphere()
    {
        AutoencoderCatalog catalog = _ml.Transforms.Autoencoders;
        CodePrior sphere = _model.Prior!;
        Assert.Multiple(() =>
        {
            Assert.That(() => catalog.Variational("Code", "Features", new() { CodeSize = 2, Prior = sphere }),
                Refused("VariationalOptions"));
            Assert.That(() => catalog.Wasserstein("Code", "Features", new() { CodeSize = 2, Prior = sphere }),
                Refused("WassersteinOptions"));
        });

        static NUnit.Framework.Constraints.Constraint Refused(string options) =>
            Throws.ArgumentException.With.Message.EqualTo(
                $"{options}: Prior is SpherePrior(). It needs codes that lie on the sphere; those of this family do " +
                "not.");
    }

    [Test]
    public void The_way_between_two_codes_is_the_great_circle()
    {
        float half = (float)Math.Sqrt(0.5);
        Assert.That(_model.Interpolate([1, 0], [0, 1], 3)[1], Is.EqualTo(_model.Decode([[half, half]])[0])
            .Within(1e-5));
        Assert.That(Bits.Of(_model.Decode([[0.5f, 0.5f]])), Is.Not.EqualTo(Bits.Of(_model.Decode([[half, half]]))),
            "codes are decoded as they are");
    }

    [Test]
    public void A_code_of_one_number_is_refused() =>
        Assert.That(() => _ml.Transforms.Autoencoders.Hyperspherical("Code", "Features", codeSize: 1),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "HypersphericalOptions: CodeSize is 1; it must be at least 2 for codes on a sphere. " +
                "(Parameter 'CodeSize')"));

    private AutoencoderEstimator Make(Network network, int epochs, bool draws = true, int size = 2) =>
        _ml.Transforms.Autoencoders.Hyperspherical("Code", "Features", new()
        {
            CodeSize = size,
            Network = network,
            ErrorColumnName = draws ? "Error" : null,
            ConcentrationColumnName = "Concentration",
            SampleColumnName = draws ? "Draw" : null,
            EvidenceLowerBoundColumnName = draws ? "Bound" : null,
            Training = Small.Training(epochs),
        });

    private Direction[] Read(AutoencoderTransformer model, IDataView rows) =>
        [.. _ml.Data.CreateEnumerable<Direction>(model.Transform(rows), reuseRowObject: false)];

    private IDataView Turned(int count) => _ml.Data.LoadFromEnumerable(
        Enumerable.Range(0, count).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, Row.Size).Select(j =>
                MathF.Cos(2 * MathF.PI * ((float)i / count + (float)j / Row.Size)))],
        }).ToArray());

    private static double Length(float[] code) => Math.Sqrt(code.Sum(number => (double)number * number));

    private static double NormalShare(double number) => Integral(0, number) + 0.5;

    /// <summary>By bisection.</summary>
    private static double HalfNormalQuantile(double share)
    {
        (double least, double most) = (0, 9);
        for (int i = 0; i < 30; i++)
        {
            double middle = (least + most) / 2;
            (least, most) = 2 * Integral(0, middle) < share ? (middle, most) : (least, middle);
        }
        return least;
    }

    private static double Integral(double from, double to)
    {
        const int Steps = 100;
        double step = (to - from) / Steps;
        return Enumerable.Range(0, Steps).Sum(i => Math.Exp(-Math.Pow(from + (i + 0.5) * step, 2) / 2))
            * step / Math.Sqrt(2 * Math.PI);
    }

    private sealed class Direction
    {
        public float[] Code { get; set; } = [];

        public float[] Draw { get; set; } = [];

        public float Concentration { get; set; }

        public float Error { get; set; }

        public float Bound { get; set; }

        [NoColumn]
        public int[] Bits => [.. Code.Concat(Draw).Append(Concentration).Append(Bound)
            .Select(BitConverter.SingleToInt32Bits)];
    }
}
