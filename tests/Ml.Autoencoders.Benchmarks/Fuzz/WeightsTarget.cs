using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Files of weights, which have no digest: any finite numbers are good, if there are as many as the network
/// needs.</summary>
internal sealed class WeightsTarget : IFuzzTarget
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Poison _poison = new();
    private readonly IDataView _rows;
    private readonly (string Name, byte[] Bytes, AutoencoderTransformer Model)[] _whole;

    /// <param name="folder">Of the whole files, with the models that they belong to.</param>
    public WeightsTarget(string folder)
    {
        _rows = _ml.Data.LoadFromEnumerable(FuzzRow.Make(FuzzModels.ScoredRows, seed: 2));
        _whole = [.. Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).Select(file => (
            Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file),
                _ml.Model.Load(Path.ChangeExtension(file, ".zip"), out _).GetAutoencoder("Code")))];
    }

    public FuzzInput Make(Random random)
    {
        (string name, byte[] bytes, _) = _whole[random.Next(_whole.Length)];
        return random.Next(2) == 0
            ? new FuzzInput("bytes", name, ByteDamage.Of(bytes, random), IsAccident: false, bytes.Length)
            : new FuzzInput("header and numbers", name, WeightsMutation.Of(bytes, random), IsAccident: false,
                bytes.Length);
    }

    public Verdict Judge(FuzzInput input, string path)
    {
        AutoencoderTransformer model = _whole.Single(whole => whole.Name == input.Of).Model;
        try
        {
            Outputs found = Score(model.LoadWeights(path), 1);
            if (!found.Equal(Score(model.LoadWeights(path), float.NaN)))
                return Verdict.Violation("gives other numbers with other numbers in memory");
            return found.AreFinite ? Verdict.Accepted : Verdict.NotFinite;
        }
        catch (Exception error)
        {
            return FuzzErrors.OfForgery(error);
        }
    }

    private Outputs Score(AutoencoderTransformer model, float poison)
    {
        using (model)
        {
            _poison.Spread(poison);
            return Outputs.Of(model, _rows);
        }
    }
}
