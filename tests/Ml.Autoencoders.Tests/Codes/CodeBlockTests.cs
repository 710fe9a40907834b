using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class CodeBlockTests
{
    [TestCase(1)]
    [TestCase(128)]
    [TestCase(129)]
    [TestCase(500)]
    public void Every_code_is_in_one_block_at_its_place(int count)
    {
        float[][] codes = [.. Enumerable.Range(0, count).Select(n => new[] { n, -2f * n })];

        CodeBlock[] blocks = CodeBlock.Split(codes);

        Assert.Multiple(() =>
        {
            Assert.That(blocks.SelectMany(block => block.Columns[0]),
                Is.EqualTo(Enumerable.Range(0, count).Select(n => (double)n)));
            Assert.That(blocks.SelectMany(block => block.Columns[1]),
                Is.EqualTo(Enumerable.Range(0, count).Select(n => -2.0 * n)));
            foreach (CodeBlock block in blocks)
                Assert.That(block.Columns[0], Has.Length.EqualTo(block.Count).And.ItemAt(0).EqualTo(block.Start));
        });
    }

    [Test]
    public void Of_numbers_of_all_codes_a_block_sees_its_own()
    {
        CodeBlock last = CodeBlock.Split([.. Enumerable.Range(0, 130).Select(n => new[] { 0f })])[^1];
        double[] numbers = [.. Enumerable.Range(0, 130).Select(n => (double)n)];

        last.Of(numbers)[1] = -1;

        Assert.That(numbers[126..], Is.EqualTo(new[] { 126.0, 127, 128, -1 }));
    }
}
