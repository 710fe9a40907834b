using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Music;
using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of music.</content>
public partial class Snippets
{
    [Test]
    public void A_folder_of_tunes_becomes_rows()
    {
        Directory.CreateDirectory("tunes");
        File.WriteAllText("tunes/one.abc", "X:1\nM:4/4\nL:1/8\nK:C\ncdef gabc' | c'bag fedc | cdef gabc' |\n");

        var ml = new MLContext(seed: 1);
        MelodySet melodies = new MelodyReader().ReadFolder("tunes");
        foreach (MelodySource source in melodies.Sources)
            Console.WriteLine($"{source.Piece} {source.Voice}: {source.Windows} windows {source.Fault}");
        foreach ((MelodyRule rule, int count) in melodies.Skipped)
            Console.WriteLine($"{rule}: {count}");
        IDataView rows = ml.Data.LoadMelodies(melodies.Windows);   // Melody: 32 keys with names; Piece: a text
        MelodyMidi.Save("first.mid", melodies.Windows.Take(4).Select(window => window.Keys));

        Assert.That(rows.GetColumn<string>("Piece"), Is.EqualTo(new[] { "one.abc X:1", "one.abc X:1" }));
        Assert.That(new MelodyReader().ReadFile("first.mid").Windows.Select(window => window.Keys),
            Is.SupersetOf(melodies.Windows.Select(window => window.Keys)));
    }

    [Test]
    public void Tunes_are_blended_and_measured()
    {
        Directory.CreateDirectory("tunes");
        File.Copy(Repository.PathOf("samples/Melodies/tunes.abc"), "tunes/tunes.abc");
        int updates = 30;

        var ml = new MLContext(seed: 1);
        MelodySet melodies = new MelodyReader().ReadFolder("tunes");
        IDataView rows = ml.Data.LoadMelodies(melodies.Windows);

        AutoencoderTransformer model = ml.Transforms.Autoencoders.Variational("Code", "Melody", new()
        {
            CodeSize = 64,
            Network = Network.Temporal([128, 128, 128], kernel: 4, batchNorm: true),
            Beta = 0.4f,
            Warmup = KlWarmup.Linear(epochs: 15),
            LogVarianceColumnName = "LogVariance",
            Training = new()
            {
                Updates = updates,
                LearningRate = 2e-3f,
                Schedule = LearningRateSchedule.Cosine(),
                ValidationFraction = 0.1f,
                ValidationGroupColumnName = "Piece",
            },
        }).Fit(rows);
        AutoencoderTokens tokens = model.Tokens;

        uint[] first = melodies.Windows[0].Keys, second = melodies.Windows[^1].Keys;
        float[][] codes = tokens.Encode([first, second]);
        uint[][] blend = tokens.Interpolate(codes[0], codes[1], steps: 8);
        MelodyMidi.Save("blend.mid", blend);
        var roll = new PianoRoll { Title = "From one tune to another" };
        foreach (uint[] keys in blend)
        {
            roll.AddRow(Melody.Notes(keys).Select(note => new PianoRollNote(note.Start, note.Length, note.Pitch)),
                keys.Length);
        }
        roll.Save("blend.png");

        IEnumerable<uint[]> transposed = melodies.Windows.SelectMany(window =>
        {
            (int down, int up) = Melody.TranspositionRange(window.Keys);
            int lowest = Math.Max(down, -5), highest = Math.Min(up, 5);
            return Enumerable.Range(lowest, highest - lowest + 1)
                .Select(shift => Melody.Transpose(window.Keys, shift));
        });
        IDataView more = ml.Data.LoadMelodies(transposed);

        float[][] means = [.. model.Transform(rows).GetColumn<float[]>("Code")];
        float[][] logVariances = [.. model.Transform(rows).GetColumn<float[]>("LogVariance")];
        double nats = means.Zip(logVariances, (mean, logVariance) =>
            mean.Zip(logVariance, (m, v) => (m * m + Math.Exp(v) - 1 - v) / 2).Sum()).Average();
        Console.WriteLine($"{nats / Math.Log(2):F1} bits");

        Assert.That(blend[0], Is.EqualTo(tokens.Reconstruct(first)));
        Assert.That(blend[^1], Is.EqualTo(tokens.Reconstruct(second)));
        Assert.That(more.GetColumn<uint[]>("Melody").Count(), Is.EqualTo(11 * melodies.Windows.Count));
        Assert.That(nats, Is.GreaterThan(0));
        Assert.That(File.Exists("blend.png") && File.Exists("blend.mid"));
        model.Dispose();
    }

    [Test]
    public void Tunes_are_drawn_and_changed()
    {
        var ml = new MLContext(seed: 1);
        MelodySet melodies = new MelodyReader().ReadFile(Repository.PathOf("samples/Melodies/tunes.abc"));
        IDataView rows = ml.Data.LoadMelodies(melodies.Windows);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Variational("Code", "Melody", new()
        {
            CodeSize = 16,
            Network = Network.Dense(64),
            Training = new() { Updates = 60 },
        }).Fit(rows);
        AutoencoderTokens tokens = model.Tokens;
        float[][] codes = tokens.Encode([melodies.Windows[0].Keys]);

        uint[][] likeliest = tokens.Sample(count: 16, seed: 7);
        uint[][] freer = tokens.Sample(count: 16, seed: 7, temperature: 0.5f);
        uint[][] variations = tokens.Decode([.. Enumerable.Repeat(codes[0], 4)], seed: 7, temperature: 1);

        CodeMixture mixture = model.FitMixture(rows, components: 1);
        uint[][] drawn = tokens.Decode(mixture.Sample(count: 16, seed: 7));
        var drawnStatistics = MelodyStatistics.Of(drawn);
        Console.WriteLine($"{drawnStatistics.MeanJump:F2} semitones, {drawnStatistics.WideJumpShare:P1} wide, " +
            $"{drawnStatistics.ScaleShare:P1} in scale");

        MelodyWindow[] sorted = [.. melodies.Windows.OrderBy(window => MelodyAttributes.Of(window.Keys).NoteDensity)];
        int quarter = sorted.Length / 4;
        float[] density = model.CodeDirection(
            with: ml.Data.LoadMelodies(sorted[^quarter..]), without: ml.Data.LoadMelodies(sorted[..quarter]));
        uint[] denser = tokens.Decode(model.MoveCode(codes[0], density, amount: 2));
        uint[][] steps = tokens.Traverse(codes[0], density, steps: 9, from: -2, to: 2);

        IDataView few = ml.Data.LoadMelodies(melodies.Windows.Take(40));
        AutoencoderTransformer style = ml.Transforms.Autoencoders.Variational("Style", "Code",
            new() { CodeSize = 2, Training = new() { Epochs = 300 } }).Fit(model.Encode(few));
        uint[][] alike = tokens.Decode(style.Sample(count: 16, seed: 7));

        Assert.That(new[] { likeliest, freer, drawn, alike }, Is.All.Length.EqualTo(16));
        Assert.That(variations.Select(keys => string.Join(' ', keys)).Distinct().Count(), Is.GreaterThan(1));
        Assert.That((denser.Length, steps.Length), Is.EqualTo((32, 9)));
        style.Dispose();
    }
}
