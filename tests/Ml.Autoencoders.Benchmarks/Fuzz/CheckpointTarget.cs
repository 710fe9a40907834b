using System.Globalization;
using System.Text;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Checkpoints: a fit goes on from them, to its end.</summary>
internal sealed class CheckpointTarget : IFuzzTarget
{
    private const string FileName = "checkpoint.zip";
    private const string Description = "Checkpoint.json";

    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows;
    private readonly byte[] _whole;
    private readonly string _folder;
    private readonly (Outputs Outputs, string History) _expected;

    /// <param name="folder">One of its own.</param>
    public CheckpointTarget(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _rows = _ml.Data.LoadFromEnumerable(FuzzRow.Make(FuzzModels.FitRows));
        try
        {
            Fit(new CheckpointOptions(_folder, every: TimeSpan.FromTicks(1)), null, epoch => _ = epoch.Epoch == 2
                ? throw new TimeoutException() : 0);
        }
        catch (TimeoutException)
        {
            // It ends between two epochs, and leaves its checkpoint.
        }
        _whole = new ZipParts(File.ReadAllBytes(Path.Combine(_folder, FileName))).ToBytes();
        File.WriteAllBytes(Path.Combine(_folder, FileName), _whole);
        _expected = Resumed();
    }

    public FuzzInput Make(Random random)
    {
        var parts = new ZipParts(_whole);
        switch (random.Next(10))
        {
            case < 6:
                return new FuzzInput("bytes", FileName, ByteDamage.Of(_whole, random), IsAccident: true, parts.Length);
            case < 8:
                int description = parts.IndexOf(Description);
                parts.Forge(description,
                    Encoding.UTF8.GetBytes(JsonMutation.Of(Encoding.UTF8.GetString(parts[description]), random)));
                return new FuzzInput("json", FileName, parts.ToBytes(), IsAccident: false, parts.Length);
            default:
                int tensors = parts.IndexOf("Tensors.safetensors");
                parts.Forge(tensors, WeightsMutation.Of(parts[tensors], random));
                return new FuzzInput("tensors", FileName, parts.ToBytes(), IsAccident: false, parts.Length);
        }
    }

    public Verdict Judge(FuzzInput input, string path)
    {
        File.Copy(path, Path.Combine(_folder, FileName), overwrite: true);
        try
        {
            (Outputs outputs, string history) = Resumed();
            if (outputs.Equal(_expected.Outputs) && history == _expected.History)
                return Verdict.Same;
            if (input.IsAccident)
                return Verdict.Violation("ends with other weights or losses than the whole file");
            return outputs.AreFinite ? Verdict.Accepted : Verdict.NotFinite;
        }
        catch (Exception error)
        {
            return FuzzErrors.OfCheckpoint(error);
        }
    }

    private (Outputs Outputs, string History) Resumed()
    {
        using AutoencoderTransformer model = Fit(null, _folder, null);
        return (Outputs.Of(model, _rows), string.Join(' ', model.History.Select(epoch =>
            string.Create(CultureInfo.InvariantCulture,
                $"{epoch.Training.Total} {epoch.Validation!.Total} {epoch.IsBest}"))));
    }

    private AutoencoderTransformer Fit(CheckpointOptions? checkpoint, string? from, Action<TrainingEpoch>? onEpoch) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(4),
            ReconstructionColumnName = "Clean",
            Training = new()
            {
                Epochs = 3,
                BatchSize = 16,
                Seed = 7,
                Threads = 1,
                ValidationFraction = 0.2f,
                EarlyStopping = new(2),
                Checkpoint = checkpoint,
                ResumeFrom = from,
                OnEpoch = onEpoch,
            },
        }).Fit(_rows);
}
