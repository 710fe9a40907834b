using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>A row of words.</summary>
internal sealed class Sentence
{
    public string Text { get; set; } = "";

    public static IDataView View(MLContext ml, params string[] texts) =>
        ml.Data.LoadFromEnumerable(texts.Select(text => new Sentence { Text = text }));

    /// <summary>Words to keys, in the order in which they come first.</summary>
    public static EstimatorChain<ValueToKeyMappingTransformer> Keys(MLContext ml) =>
        ml.Transforms.Text.TokenizeIntoWords("Words", "Text")
            .Append(ml.Transforms.Conversion.MapValueToKey("Words"));
}
