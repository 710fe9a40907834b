using System.Text;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Model files: loaded, and scored with in every way.</summary>
internal sealed class ArchiveTarget : IFuzzTarget
{
    public const string Description = "Autoencoder.json";
    public const string Table = "Table.json";
    public const string Weights = "Weights.safetensors";

    /// <summary>The description of a stage of windows, in a model that has one.</summary>
    private const string Windows = "SlidingWindow.json";

    /// <summary>The description of a stage that pads keys, in a model that has one.</summary>
    private const string Padding = "KeyPadding.json";

    /// <summary>One hidden linear layer in encoder and decoder.</summary>
    private const string Dense = "adversarial";

    private readonly MLContext _ml = new(seed: 1);
    private readonly Poison _poison = new();
    private readonly IDataView _rows;
    private readonly (string Name, byte[] Bytes)[] _whole;
    private readonly (string Name, byte[] Bytes)[] _strided;
    private readonly Dictionary<string, Outputs> _expected = [];

    /// <param name="folder">Of the whole files.</param>
    public ArchiveTarget(string folder)
    {
        _rows = _ml.Data.LoadFromEnumerable(FuzzRow.Make(FuzzModels.ScoredRows, seed: 2));
        _whole =
            [.. Directory.GetFiles(folder, "*.zip").Order(StringComparer.Ordinal).Select(file =>
            (Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)))];
        _strided = [.. _whole.Where(whole => FuzzModels.HaveConvolutions.Contains(whole.Name))];
        foreach ((string name, byte[] bytes) in _whole)
            _expected[name] = Score(Load(bytes), 1);
    }

    public FuzzInput Make(Random random)
    {
        (string name, byte[] bytes) = _whole[random.Next(_whole.Length)];
        var parts = new ZipParts(bytes);
        switch (random.Next(100))
        {
            case < 30:
                return new FuzzInput("bytes", name, ByteDamage.Of(bytes, random), IsAccident: true, parts.Length);
            case < 40:
                int entry = random.Next(parts.Count);
                parts.Replace(entry, ByteDamage.Of(parts[entry], random));
                return new FuzzInput("bytes of an entry", name, parts.ToBytes(), IsAccident: true, parts.Length);
            case < 65:
                // Of another stage and its autoencoder, one or the other.
                string? stage = new[] { Table, Windows, Padding }
                    .FirstOrDefault(entry => parts.IndexOf(entry) >= 0);
                return Forged("json", stage is not null && random.Next(4) > 0 ? stage : Description,
                    description => Edited(description, JsonMutation.Of));
            case < 90:
                // Most numbers of a geometry are those of convolutions.
                if (random.Next(4) > 0)
                    Take(_strided[random.Next(_strided.Length)]);
                return Forged("geometry", Description, description => Edited(description, GeometryMutation.Of));
            case < 99:
                return Forged("weights", Weights, weights => WeightsMutation.Of(weights, random));
            default:
                Take(_whole.Single(model => model.Name == Dense));
                HonestZeros.Put(parts, random.Next(20) == 0 ? random.Next(1100, 1300) : random.Next(5, 50));
                return new FuzzInput("zeros", name, parts.ToBytes(), IsAccident: false, parts.Length);
        }

        void Take((string Name, byte[] Bytes) whole)
        {
            (name, bytes) = whole;
            parts = new ZipParts(bytes);
        }

        FuzzInput Forged(string mutation, string part, Func<byte[], byte[]> change)
        {
            int entry = parts.IndexOf(part);
            parts.Forge(entry, change(parts[entry]));
            return new FuzzInput(mutation, name, parts.ToBytes(), IsAccident: false, parts.Length);
        }

        byte[] Edited(byte[] json, Func<string, Random, string> edit) =>
            Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(json), random));
    }

    public Verdict Judge(FuzzInput input, string path)
    {
        ITransformer model;
        try
        {
            model = Load(input.Bytes);
        }
        catch (Exception error)
        {
            return input.IsAccident ? FuzzErrors.OfAccident(error) : FuzzErrors.OfForgery(error);
        }
        try
        {
            Outputs found = Score(model, 1);
            if (found.Equal(_expected[input.Of]))
                return Verdict.Same;
            if (input.IsAccident)
                return Verdict.Violation("gives other numbers than the whole file");
            Outputs again = Score(Load(input.Bytes), float.NaN);
            if (!found.Equal(again))
                return Verdict.Violation("gives other numbers with other numbers in memory");
            return found.AreFinite ? Verdict.Accepted : Verdict.NotFinite;
        }
        catch (Exception error)
        {
            return FuzzErrors.OfUse(error);
        }
    }

    private ITransformer Load(byte[] bytes) => _ml.Model.Load(new MemoryStream(bytes), out _);

    private Outputs Score(ITransformer model, float poison)
    {
        using (model as IDisposable)
        {
            _poison.Spread(poison);
            return Outputs.Of(model, _rows);
        }
    }
}
