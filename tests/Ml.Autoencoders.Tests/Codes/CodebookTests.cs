using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class CodebookTests : TensorTests
{
    private static readonly float[][] Corners = [[0, 0], [4, 0], [0, 3]];

    [Test]
    public void The_nearest_vector_is_found_for_each_part_of_a_code()
    {
        using BoundNetwork network = Network(Corners, [5, 5, 5]);

        // (1, 1): 2, 10, 5. (3, 1): 10, 2, 13. (1, 2): 5, 13, 2. (-1, -9): 82, 106, 145.
        Tensor nearest = Codebook.Of(network).Nearest(Table([1, 1, 3, 1], [1, 2, -1, -9]));

        Assert.That(nearest.data<long>().ToArray(), Is.EqualTo(new[] { 0, 1, 2, 0 }));
    }

    [Test]
    public void The_nearest_vector_agrees_with_distances_written_out()
    {
        Tensor vectors = Uniform([20, 3], -1, 1, seed: 2);
        float[][] book = [.. vectors.Floats().Chunk(3)];
        using BoundNetwork network = Network(book, Enumerable.Repeat(1f, 20).ToArray());
        Tensor encoded = Uniform([50, 6], -2, 2, seed: 3);

        long[] nearest = Codebook.Of(network).Nearest(encoded).data<long>().ToArray();

        IEnumerable<long> expected = encoded.Floats().Chunk(3).Select(part =>
            (long)Enumerable.Range(0, 20).MinBy(k => book[k].Zip(part, (e, z) => (e - z) * (e - z)).Sum()));
        Assert.That(nearest, Is.EqualTo(expected));
    }

    [Test]
    public void Vectors_follow_the_mean_of_what_they_replace_by_moving_averages()
    {
        using BoundNetwork network = Network(Corners, [2, 4, 8]);
        using var random = new Generator(1);

        Tensor code = Codebook.Of(network).Learn(Table([1, 1, 3, 1], [-1, 0, 5, 1]), 0.75, random);

        // Counts 3/4 N + 1/4 c with c = 2, 2, 0; sums 3/4 N e + 1/4 of (0, 1), (8, 2), (0, 0).
        Assert.Multiple(() =>
        {
            Assert.That(code.Floats(), Is.EqualTo(new[] { 0f, 0, 4, 0, 0, 0, 4, 0 }),
                "what is replaced is replaced by vectors as they were");
            Assert.That(Counts(network), Is.EqualTo(new[] { 2f, 3.5f, 6 }));
            Assert.That(Vectors(network),
                Is.EqualTo(new[] { 0 / 2f, 0.25f / 2, (12 + 2) / 3.5f, 0.5f / 3.5f, 0, 18 / 6f }).Within(1e-6f));
        });
    }

    [Test]
    public void A_vector_in_rare_use_is_replaced_by_one_of_the_batch()
    {
        // 8 parts on 4 vectors: 2 each if all were used alike, so 0.2 is too few.
        using BoundNetwork network = Network([[0, 0], [10, 0], [70, 70], [90, 90]], [1, 0.21f, 0.19f, 0]);
        using var random = new Generator(1);
        float[][] rows = [[1, 0, 11, 0], [2, 0, 12, 0], [3, 0, 13, 0], [4, 0, 14, 0]];

        Codebook.Of(network).Learn(Table(rows), 1, random);

        float[][] vectors = [.. Vectors(network).Chunk(2)];
        float[][] parts = [.. rows.SelectMany(row => row.Chunk(2))];
        Assert.Multiple(() =>
        {
            Assert.That(vectors[..2], Is.EqualTo(new float[][] { [0, 0], [10, 0] }));
            Assert.That(vectors[2], Is.AnyOf(parts));
            Assert.That(vectors[3], Is.AnyOf(parts).And.Not.EqualTo(vectors[2]));
            Assert.That(Counts(network), Is.EqualTo(new[] { 1, 0.21f, 0.2f, 0.2f }));
        });
    }

    [Test]
    public void Which_part_takes_the_place_of_a_dead_vector_is_up_to_the_generator()
    {
        string[] drawn = [.. Enumerable.Range(0, 20).Select(seed => Revived((ulong)seed))];

        Assert.Multiple(() =>
        {
            Assert.That(Revived(7), Is.EqualTo(drawn[7]));
            Assert.That(drawn.Distinct(StringComparer.Ordinal).Count(), Is.GreaterThan(3));
        });

        static string Revived(ulong seed)
        {
            using BoundNetwork network = Network([[0, 0]], [0]);
            using var random = new Generator(seed);
            Codebook.Of(network).Learn(Uniform([10, 2]), 1, random);
            return string.Join(' ', Vectors(network));
        }
    }

    [Test]
    public void The_first_batch_makes_the_codebook()
    {
        using BoundNetwork network = Passes.Network(4, 4, 3, new GaussianLikelihood(), Codebook.Parameters(8, 2));
        using var random = new Generator(1);
        Tensor encoded = Uniform([4, 4], 5, 9);

        Tensor code = Codebook.Of(network).Learn(encoded, 0.99, random);

        // 8 parts and 8 vectors: each part has a vector of its own, which is that part.
        Assert.That(code.Floats(), Is.EqualTo(encoded.Floats()));
    }

    [TestCase(new long[] { 0, 1, 2, 3 }, 4)]
    [TestCase(new long[] { 2, 2, 2 }, 1)]
    [TestCase(new long[] { 0, 0, 3, 3 }, 2)]
    [TestCase(new long[] { 0, 0, 0, 1 }, 1.7547654)]
    public void Perplexity_is_the_number_of_vectors_in_use(long[] indices, double expected)
    {
        using BoundNetwork network = Network([[0], [0], [0], [0]], [1, 1, 1, 1]);

        Assert.That(Codebook.Of(network).Perplexity(tensor(indices)).item<float>(), Is.EqualTo(expected).Within(1e-5));
    }

    private static BoundNetwork Network(float[][] vectors, float[] counts)
    {
        BoundNetwork network = Passes.Network(4, 4, 3, new GaussianLikelihood(),
            Codebook.Parameters(vectors.Length, vectors[0].Length));
        using (no_grad())
        {
            network["codebook.weight"].copy_(Table(vectors));
            network["codebook.counts"].copy_(tensor(counts));
        }
        return network;
    }

    private static float[] Vectors(BoundNetwork network) => network["codebook.weight"].Floats();

    private static float[] Counts(BoundNetwork network) => network["codebook.counts"].Floats();
}
