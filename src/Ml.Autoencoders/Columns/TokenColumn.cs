using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Columns;

/// <summary>The tokens that a vector column of keys holds.</summary>
/// <param name="Format">How many, of how many keys.</param>
/// <param name="Names">The names of the keys, in the order of their numbers; null where the column has none.</param>
internal sealed record TokenColumn(TokenFormat Format, IReadOnlyList<string>? Names)
{
    private const string SchemaParameter = "inputSchema";
    private const string Role = "input";

    /// <summary>Null where the column holds numbers.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more keys than a model can tell apart.</exception>
    public static TokenColumn? Of(IExceptionContext context, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { ItemType: KeyDataViewType key } vector)
            return null;
        const ulong most = Limits.Width - 1;
        if (key.Count <= most && vector.Size * (key.Count + 1.0) > Limits.Numbers)
            throw context.ExceptSchemaMismatch(SchemaParameter, Role, column.Name,
                FormattableString.Invariant($"at most {Limits.Numbers:N0} keys times values, and one value more"),
                FormattableString.Invariant($"{vector.Size:N0} keys of {key.Count:N0} values. Make it shorter: ") +
                $"ml.Transforms.PadKeys(\"{column.Name}\", length: ...)");
        if (key.Count > most)
            throw context.ExceptSchemaMismatch(SchemaParameter, Role, column.Name,
                FormattableString.Invariant($"a vector of keys of at most {most:N0} values"),
                FormattableString.Invariant($"one of {key.Count:N0}. Map it anew, to a key of the values that ") +
                $"occur: ml.Transforms.Conversion.MapValueToKey(\"{column.Name}\")");
        return new TokenColumn(new TokenFormat(vector.Size, (int)key.Count), KeyNames.Of(column));
    }

    /// <summary>Checks that a column holds what a model was fitted to.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size.</param>
    /// <param name="fitted">The tokens of the fit; null where it read numbers.</param>
    /// <param name="names">The names of the keys; null where they had none.</param>
    /// <exception cref="ArgumentOutOfRangeException">It holds keys where the fit read numbers, or numbers where it read
    /// keys, or other keys.</exception>
    public static void Require(IExceptionContext context, DataViewSchema.Column column, TokenFormat? fitted,
        IReadOnlyList<string>? names)
    {
        TokenColumn? found = Of(context, column);
        if (found?.Format != fitted)
            throw Mismatch(fitted is null ? "a vector of Single, as in training"
                : FormattableString.Invariant($"a vector of {fitted.Steps} keys of {fitted.Classes} values, as in ") +
                    "training",
                found is null ? column.Type.ToString()!
                : FormattableString.Invariant($"one of {found.Format.Steps} keys of {found.Format.Classes} values"));
        if (names is null || found?.Names is null || names.SequenceEqual(found.Names, StringComparer.Ordinal))
            return;
        int same = names.Zip(found.Names).TakeWhile(pair => pair.First == pair.Second).Count();
        throw Mismatch($"keys with the values from training, {LabelNames.List(names)}",
            FormattableString.Invariant($"{LabelNames.List(found.Names)}, which differ from value {same + 1} on. ") +
            "Map it with the transformer that mapped it in training, not with one that is fitted anew");

        Exception Mismatch(string expected, string actual) =>
            context.ExceptSchemaMismatch(SchemaParameter, Role, column.Name, expected, actual);
    }
}
