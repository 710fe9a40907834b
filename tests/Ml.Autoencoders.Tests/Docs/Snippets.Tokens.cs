using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on tokens.</content>
public partial class Snippets
{
    [Test]
    public void Texts_become_sequences_of_one_length()
    {
        IDataView sentences = ml.Data.LoadFromEnumerable(
            new[] { "the dog sees the cat", "a cat", "the cat and the dog see the other cat" }
                .Select(text => new Spoken { Text = text }));

        string shown = Printed(() =>
        {
            var words = ml.Transforms.Text.TokenizeIntoWords("Words", "Text")
                .Append(ml.Transforms.Conversion.MapValueToKey("Words"))
                .Append(ml.Transforms.PadKeys("Tokens", "Words", length: 6));
            IDataView tokens = words.Fit(sentences).Transform(sentences);

            foreach (uint[] row in tokens.GetColumn<uint[]>("Tokens"))
                Console.WriteLine(string.Join(' ', row));    // 1 2 3 1 4 0 for "the dog sees the cat"
        });

        Assert.That(shown.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0),
            Is.EqualTo(new[] { "1 2 3 1 4 0", "5 4 0 0 0 0", "1 4 6 1 2 7" }));
    }

    private sealed class Spoken
    {
        public string Text { get; set; } = "";
    }
}
