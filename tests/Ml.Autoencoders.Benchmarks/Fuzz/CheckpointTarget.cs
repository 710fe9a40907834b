using System.Globalization;
using System.Text;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Checkpoints: a fit continues from them, to its end.</summary>
internal sealed class CheckpointTarget : IFuzzTarget
{
    private const string FileName = "checkpoint.zip";
    private const string Description = "Checkpoint.json";

    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows;
    private readonly string _folder;
    private readonly Whole[] _all;

    /// <param name="folder">One of its own.</param>
    public CheckpointTarget(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        IDataView rows = _ml.Data.LoadFromEnumerable(FuzzRow.Make(FuzzModels.FitRows));
        _rows = _ml.Transforms.Conversion.MapValueToKey("Key", "Kind").Fit(rows).Transform(rows);
        _all = [Begin("plain", Plain), Begin("conditional", Conditional)];
    }

    public FuzzInput Make(Random random)
    {
        Whole whole = _all[random.Next(_all.Length)];
        var parts = new ZipParts(whole.Bytes);
        switch (random.Next(10))
        {
            case < 6:
                return new FuzzInput("bytes", whole.Name, ByteDamage.Of(whole.Bytes, random), IsAccident: true,
                    parts.Length);
            case < 8:
                int description = parts.IndexOf(Description);
                parts.Forge(description,
                    Encoding.UTF8.GetBytes(JsonMutation.Of(Encoding.UTF8.GetString(parts[description]), random)));
                return new FuzzInput("json", whole.Name, parts.ToBytes(), IsAccident: false, parts.Length);
            default:
                int tensors = parts.IndexOf("Tensors.safetensors");
                parts.Forge(tensors, WeightsMutation.Of(parts[tensors], random));
                return new FuzzInput("tensors", whole.Name, parts.ToBytes(), IsAccident: false, parts.Length);
        }
    }

    public Verdict Judge(FuzzInput input, string path)
    {
        Whole whole = _all.Single(whole => whole.Name == input.Of);
        File.Copy(path, Path.Combine(_folder, FileName), overwrite: true);
        try
        {
            (Outputs outputs, string history) = Resumed(whole.Make);
            if (outputs.Equal(whole.Outputs) && history == whole.History)
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

    /// <summary>A fit that ends after the second of three epochs, and leaves its checkpoint.</summary>
    private Whole Begin(string name, Func<TrainingOptions, AutoencoderEstimator> make)
    {
        try
        {
            Fit(make, new CheckpointOptions(_folder, every: TimeSpan.FromTicks(1)), null,
                epoch => _ = epoch.Epoch == 2 ? throw new TimeoutException() : 0);
        }
        catch (TimeoutException)
        {
            // As it is meant.
        }
        string file = Path.Combine(_folder, FileName);
        byte[] bytes = new ZipParts(File.ReadAllBytes(file)).ToBytes();
        File.WriteAllBytes(file, bytes);
        (Outputs outputs, string history) = Resumed(make);
        return new Whole(name, make, bytes, outputs, history);
    }

    /// <summary>The rest of the fit. What comes of it is saved and loaded, too: a checkpoint may not lead to a file
    /// that cannot be read.</summary>
    private (Outputs Outputs, string History) Resumed(Func<TrainingOptions, AutoencoderEstimator> make)
    {
        using AutoencoderTransformer model = Fit(make, null, _folder, null);
        RequireReadable(model);
        return (Outputs.Of(model, _rows), string.Join(' ', model.History.Select(epoch =>
            string.Create(CultureInfo.InvariantCulture,
                $"{epoch.Training.Total} {epoch.Validation!.Total} {epoch.IsBest}"))));
    }

    private void RequireReadable(AutoencoderTransformer model)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, null, stream);
        stream.Position = 0;
        try
        {
            (_ml.Model.Load(stream, out _) as IDisposable)?.Dispose();
        }
        catch (InvalidOperationException error)
        {
            throw new NotSupportedException("The model that the fit ended with cannot be loaded again.", error);
        }
    }

    private AutoencoderTransformer Fit(Func<TrainingOptions, AutoencoderEstimator> make, CheckpointOptions? checkpoint,
        string? from, Action<TrainingEpoch>? onEpoch) => make(new()
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
        }).Fit(_rows);

    private AutoencoderEstimator Plain(TrainingOptions training) => _ml.Transforms.Autoencoders.Plain(
        "Code", "Features",
        new() { CodeSize = 2, Network = Network.Dense(4), ReconstructionColumnName = "Clean", Training = training });

    private AutoencoderEstimator Conditional(TrainingOptions training) => _ml.Transforms.Autoencoders.Variational(
        "Code", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(4),
            Scaling = InputScaling.Standardize,
            ConditionColumnName = "Key",
            ReconstructionColumnName = "Clean",
            LogVarianceColumnName = "LogVariance",
            Training = training,
        });

    /// <summary>A checkpoint without harm, and what a fit that goes on from it comes to.</summary>
    private sealed record Whole(string Name, Func<TrainingOptions, AutoencoderEstimator> Make, byte[] Bytes,
        Outputs Outputs, string History);
}
