using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders;

/// <summary>
/// What an autoencoder whose input column is a vector of keys does outside of a pipeline: rows are keys as ML.NET has
/// them, numbers from 1 on, and 0 where a key is missing. See <see cref="AutoencoderTransformer.Tokens"/>.
/// </summary>
/// <remarks>Codes are drawn, decoded and moved as in <see cref="AutoencoderTransformer"/>. A temperature says how keys
/// are taken from the probabilities that a code stands for: 0 takes the likeliest key of each step; 1 draws each from
/// its distribution, p(x|z); numbers between draw likely keys more often, and numbers above 1 unlikely ones. A decoder
/// that feeds back is given what was taken. Where something is drawn, the same seed gives the same keys.</remarks>
[SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters",
    Justification = "One takes a row, the other many: no call fits both.")]
public sealed class AutoencoderTokens
{
    private const float MaxTemperature = 1_000;

    private readonly AutoencoderTransformer _transformer;
    private readonly AutoencoderModel _model;
    private readonly TokenFormat _format;
    private readonly IHostEnvironment _environment;
    private readonly Lazy<IReadOnlyList<string>> _names;

    internal AutoencoderTokens(IHostEnvironment environment, AutoencoderTransformer transformer,
        AutoencoderModel model)
    {
        (_environment, _transformer, _model) = (environment, transformer, model);
        _format = model.Definition.Network.Tokens!;
        _names = new(() => model.Definition.KeyNames ?? KeyNames.Numbers(_format.Classes));
    }

    /// <summary>Keys in a row, T.</summary>
    public int Steps => _format.Steps;

    /// <summary>Different keys, V.</summary>
    public int Count => _format.Classes;

    /// <summary>The names of the keys: that of key k has the index k - 1. Where the column of the fit had none, they
    /// are the numbers.</summary>
    public IReadOnlyList<string> Names => _names.Value;

    /// <summary>The names of keys; null for one that is missing.</summary>
    /// <param name="keys">Numbers from 0 to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentException">A number is above that.</exception>
    public string?[] ToNames(uint[] keys)
    {
        KeyRows.RequireKeys(keys, 0, _format, nameof(keys));
        return [.. keys.Select(key => key == 0 ? null : Names[(int)key - 1])];
    }

    /// <summary>The code of a row.</summary>
    /// <inheritdoc cref="Encode(IReadOnlyList{uint[]}, string?)"/>
    /// <param name="row"><see cref="Steps"/> keys.</param>
    /// <param name="condition">For an autoencoder with a condition, one of
    /// <see cref="AutoencoderTransformer.Conditions"/>.</param>
    /// <returns><see cref="AutoencoderTransformer.CodeSize"/> numbers.</returns>
    public float[] Encode(uint[] row, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Encode([row], condition)[0];
    }

    /// <summary>The codes of rows, computed a batch at a time.</summary>
    /// <param name="rows">Each <see cref="Steps"/> keys.</param>
    /// <param name="condition">For an autoencoder with a condition, one of
    /// <see cref="AutoencoderTransformer.Conditions"/>.</param>
    /// <returns>Each <see cref="AutoencoderTransformer.CodeSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">A row has another length or holds a number above <see cref="Count"/>, or the
    /// condition is missing, superfluous or unknown.</exception>
    public float[][] Encode(IReadOnlyList<uint[]> rows, string? condition = null) =>
        _transformer.EncodeRows(ToNumbers(rows, nameof(rows)), condition);

    /// <summary>The keys that the code of a row stands for.</summary>
    /// <inheritdoc cref="Reconstruct(IReadOnlyList{uint[]}, int?, float, string?)"/>
    /// <param name="row"><see cref="Steps"/> keys.</param>
    /// <param name="seed">The same seed draws the same keys, for the row at the same place of a call. Default: another
    /// one at every call.</param>
    /// <param name="temperature">0 for the likeliest keys; at most 1,000.</param>
    /// <param name="condition">For an autoencoder with a condition, one of
    /// <see cref="AutoencoderTransformer.Conditions"/>.</param>
    /// <returns><see cref="Steps"/> keys.</returns>
    public uint[] Reconstruct(uint[] row, int? seed = null, float temperature = 0, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Reconstruct([row], seed, temperature, condition)[0];
    }

    /// <summary>The keys that the codes of rows stand for; of a code that is a random variable, its mean.</summary>
    /// <param name="rows">Each <see cref="Steps"/> keys.</param>
    /// <param name="seed">The same seed draws the same keys, for the row at the same place of a call. Default: another
    /// one at every call.</param>
    /// <param name="temperature">0 for the likeliest keys; at most 1,000.</param>
    /// <param name="condition">For an autoencoder with a condition, one of
    /// <see cref="AutoencoderTransformer.Conditions"/>.</param>
    /// <returns>Each <see cref="Steps"/> keys, of which none is missing.</returns>
    /// <exception cref="ArgumentException">A row has another length or holds a number above <see cref="Count"/>, the
    /// temperature is out of its range, or the condition is missing, superfluous or unknown.</exception>
    public uint[][] Reconstruct(IReadOnlyList<uint[]> rows, int? seed = null, float temperature = 0,
        string? condition = null)
    {
        Require.Within(temperature, 0, MaxTemperature, nameof(Reconstruct), nameof(temperature));
        return DecodeCore(Encode(rows, condition), seed, temperature, condition);
    }

    /// <summary>The keys that a code stands for.</summary>
    /// <inheritdoc cref="Decode(IReadOnlyList{float[]}, int?, float, string?)"/>
    /// <param name="code"><see cref="AutoencoderTransformer.CodeSize"/> numbers.</param>
    /// <param name="seed">The same seed draws the same keys, for the row at the same place of a call. Default: another
    /// one at every call.</param>
    /// <param name="temperature">0 for the likeliest keys; at most 1,000.</param>
    /// <param name="condition">For an autoencoder with a condition, one of
    /// <see cref="AutoencoderTransformer.Conditions"/>.</param>
    /// <returns><see cref="Steps"/> keys.</returns>
    public uint[] Decode(float[] code, int? seed = null, float temperature = 0, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Decode([code], seed, temperature, condition)[0];
    }

    /// <summary>The keys that codes stand for, computed a batch at a time.</summary>
    /// <param name="codes">Each <see cref="AutoencoderTransformer.CodeSize"/> numbers.</param>
    /// <param name="seed">The same seed draws the same keys, for the row at the same place of a call. Default: another
    /// one at every call.</param>
    /// <param name="temperature">0 for the likeliest keys; at most 1,000.</param>
    /// <param name="condition">For an autoencoder with a condition, one of
    /// <see cref="AutoencoderTransformer.Conditions"/>.</param>
    /// <returns>Each <see cref="Steps"/> keys, of which none is missing.</returns>
    /// <exception cref="ArgumentException">A code has another length, the temperature is out of its range, or the
    /// condition is missing, superfluous or unknown.</exception>
    public uint[][] Decode(IReadOnlyList<float[]> codes, int? seed = null, float temperature = 0,
        string? condition = null)
    {
        Require.Within(temperature, 0, MaxTemperature, nameof(Decode), nameof(temperature));
        return DecodeCore(codes, seed, temperature, condition);
    }

    /// <summary>New rows: codes drawn from the <see cref="AutoencoderTransformer.Prior"/>, decoded. With the same seed,
    /// fewer rows are the first of more.</summary>
    /// <param name="count">How many; at least 0, at most 10,000,000.</param>
    /// <param name="seed">The same seed gives the same rows. Default: another one at every call, drawn from the
    /// context.</param>
    /// <param name="temperature">0 for the likeliest keys of each code; at most 1,000.</param>
    /// <param name="condition">For an autoencoder with a condition, one of
    /// <see cref="AutoencoderTransformer.Conditions"/>.</param>
    /// <returns>Each <see cref="Steps"/> keys, of which none is missing.</returns>
    /// <exception cref="InvalidOperationException">The family has no prior.</exception>
    /// <exception cref="ArgumentException">The count or the temperature is out of its range, or the condition is
    /// missing, superfluous or unknown.</exception>
    public uint[][] Sample(int count, int? seed = null, float temperature = 0, string? condition = null)
    {
        Require.Within(temperature, 0, MaxTemperature, nameof(Sample), nameof(temperature));
        int drawn = seed ?? _transformer.NextSeed();
        return DecodeCore(_transformer.SampleCodes(count, drawn), drawn, temperature, condition);
    }

    /// <summary>The likeliest keys along the path between two codes.</summary>
    /// <inheritdoc cref="AutoencoderTransformer.Interpolate"/>
    /// <returns>Each <see cref="Steps"/> keys.</returns>
    public uint[][] Interpolate(float[] from, float[] to, int steps, Interpolation? path = null,
        string? condition = null) =>
        DecodeCore(_transformer.CodesBetween(from, to, steps, path), 0, 0, condition);

    /// <summary>The likeliest keys of a code while one of its numbers moves and the others stay.</summary>
    /// <inheritdoc cref="AutoencoderTransformer.Traverse(float[], int, float, float, string?)"/>
    /// <returns>For each number of the code, <paramref name="steps"/> rows of <see cref="Steps"/> keys.</returns>
    public uint[][][] Traverse(float[] code, int steps = 9, float from = -3, float to = 3, string? condition = null) =>
        [.. DecodeCore(_transformer.CodesAround(code, steps, from, to), 0, 0, condition).Chunk(steps)];

    /// <summary>The likeliest keys of a code while it moves along a direction, such as
    /// <see cref="AutoencoderTransformer.CodeDirection"/> gives.</summary>
    /// <inheritdoc cref="AutoencoderTransformer.Traverse(float[], float[], int, float, float, string?)"/>
    /// <returns><paramref name="steps"/> rows of <see cref="Steps"/> keys.</returns>
    public uint[][] Traverse(float[] code, float[] direction, int steps = 9, float from = -1, float to = 1,
        string? condition = null) =>
        DecodeCore(_transformer.CodesAlong(code, direction, steps, from, to), 0, 0, condition);

    /// <summary>Rows as a data view whose column has the type of the input column, with the names of the keys:
    /// <c>MapKeyToValue</c> turns them into these.</summary>
    /// <param name="rows">Each <see cref="Steps"/> keys.</param>
    /// <param name="columnName">The one column. Default: <see cref="AutoencoderTransformer.InputColumnName"/>.</param>
    /// <exception cref="ArgumentException">A row has another length, or holds a number above
    /// <see cref="Count"/>.</exception>
    public IDataView AsDataView(IReadOnlyList<uint[]> rows, string? columnName = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _model.RequireAlive();
        string name = columnName ?? _transformer.InputColumnName;
        Require.ColumnName(name, nameof(AsDataView), nameof(columnName));
        for (int i = 0; i < rows.Count; i++)
            KeyRows.Require(rows[i], i, _format, nameof(rows));
        return KeyRows.ToView(_environment, name, rows, _format, _model.Definition.KeyNames);
    }

    private uint[][] DecodeCore(IReadOnlyList<float[]> codes, int? seed, float temperature, string? condition)
    {
        ArgumentNullException.ThrowIfNull(codes);
        KeyNoise? noise = temperature == 0 ? null : new KeyNoise(seed ?? _transformer.NextSeed(), temperature);
        return [.. _transformer.DecodeRows(codes, condition, noise)
            .Select(row => Array.ConvertAll(row, key => (uint)key))];
    }

    private float[][] ToNumbers(IReadOnlyList<uint[]> rows, string parameter)
    {
        ArgumentNullException.ThrowIfNull(rows, parameter);
        var numbers = new float[rows.Count][];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = KeyRows.ToNumbers(rows[i], i, _format, parameter);
        return numbers;
    }
}
