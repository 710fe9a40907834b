using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Tokens;

namespace Microsoft.ML;

/// <summary>Sequences of keys among ML.NET's own transforms: <c>mlContext.Transforms.PadKeys</c>.</summary>
public static class TokenCatalogExtensions
{
    private const string Call = nameof(PadKeys);

    /// <summary>Pads or cuts sequences of keys to one length: rows with fewer keys get missing keys (0), and rows with
    /// more lose some.</summary>
    /// <remarks>
    /// Texts become such sequences by ML.NET's <c>TokenizeIntoWords</c> and <c>MapValueToKey</c>, or by
    /// <c>TokenizeIntoCharactersAsKeys</c>. The names of the keys are kept.
    /// <para>Needs no native torch library. ML.NET's <c>ConvertToOnnx</c> exports it; where the sequences of the input
    /// have different lengths, only with both sides <see cref="SequenceSide.End"/>.</para>
    /// </remarks>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="outputColumnName">The column of the sequences of one length: a vector of T keys of the type that
    /// the input has.</param>
    /// <param name="inputColumnName">A vector of keys, of known or unknown size. Default: <paramref
    /// name="outputColumnName"/>.</param>
    /// <param name="length">Keys of a row, T; at least 1, at most 16,777,216. Default: the size of the input where it
    /// is known, otherwise that of the longest row of the fit.</param>
    /// <param name="paddingSide">Where rows with fewer keys are padded.</param>
    /// <param name="truncationSide">Where rows with more keys are cut.</param>
    /// <exception cref="ArgumentException">A name is empty, or an argument is out of its range.</exception>
    public static KeyPaddingEstimator PadKeys(this TransformsCatalog catalog, string outputColumnName,
        string? inputColumnName = null, int? length = null, SequenceSide paddingSide = SequenceSide.End,
        SequenceSide truncationSide = SequenceSide.End)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        MlNetMembers.Require();
        Require.ColumnName(outputColumnName, Place.Call(Call), nameof(outputColumnName));
        if (inputColumnName is not null)
            Require.ColumnName(inputColumnName, Place.Call(Call), nameof(inputColumnName));
        var description = new KeyPaddingDescription(KeyPaddingDescription.CurrentVersion, outputColumnName,
            inputColumnName ?? outputColumnName, length ?? 1, paddingSide, truncationSide);
        description.Check(Place.Call(Call));
        return Estimator(catalog, description, length is not null);
    }

    private static KeyPaddingEstimator Estimator(TransformsCatalog catalog, KeyPaddingDescription description,
        bool isLengthGiven) => new(CatalogUtils.GetEnvironment(catalog), description, isLengthGiven);
}
