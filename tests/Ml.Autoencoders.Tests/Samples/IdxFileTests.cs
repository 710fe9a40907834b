using System.Buffers.Binary;
using System.IO.Compression;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>Damaged files say what is wrong, with their name, before memory is taken for what they promise.</summary>
internal sealed class IdxFileTests
{
    private const int Images = 0x803;
    private const int Labels = 0x801;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Images_and_labels_are_read([Values] bool zipped)
    {
        string images = Write([Images, 2, 1, 3], [0, 51, 255, 102, 0, 0], zipped);
        (float[][] read, int height, int width) = IdxFile.ReadImages(images);
        Assert.That(read, Is.EqualTo(new[] { new[] { 0, 0.2f, 1 }, [0.4f, 0, 0] }));
        Assert.That((height, width), Is.EqualTo((1, 3)));
        Assert.That(IdxFile.ReadImages(images, most: 1).Images, Is.EqualTo(read[..1]));
        Assert.That(IdxFile.ReadLabels(Write([Labels, 3], [7, 8, 9], zipped), most: 2),
            Is.EqualTo(new byte[] { 7, 8 }));
    }

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(10_000_001)]
    [TestCase(int.MaxValue)]
    public void A_count_that_no_file_has_is_refused(int count)
    {
        string images = Write([Images, count, 2, 2], [1, 2, 3, 4]);
        RequireRefusal(() => _ = IdxFile.ReadImages(images),
            $"'{images}' says that it holds {count:N0} items; up to {10_000_000:N0} can be read.");
        string labels = Write([Labels, count], [1, 2]);
        RequireRefusal(() => _ = IdxFile.ReadLabels(labels, most: 1),
            $"'{labels}' says that it holds {count:N0} items; up to {10_000_000:N0} can be read.");
    }

    [TestCase(0, 28)]
    [TestCase(28, 0)]
    [TestCase(-28, -28)]
    [TestCase(1025, 1)]
    [TestCase(1, 1025)]
    [TestCase(int.MaxValue, int.MaxValue)]
    public void A_size_that_no_image_has_is_refused(int height, int width)
    {
        string path = Write([Images, 1, height, width], [1, 2, 3, 4]);
        RequireRefusal(() => _ = IdxFile.ReadImages(path),
            $"'{path}' says that its images are {height} x {width}; 1 x 1 to 1024 x 1024 can be read.");
    }

    [Test]
    public void A_truncated_file_is_refused([Values] bool zipped)
    {
        string images = Write([Images, 2, 2, 2], [1, 2, 3, 4, 5, 6, 7], zipped);
        RequireRefusal(() => _ = IdxFile.ReadImages(images), $"'{images}' ends too early.");
        string labels = Write([Labels, 3], [1, 2], zipped);
        RequireRefusal(() => _ = IdxFile.ReadLabels(labels), $"'{labels}' ends too early.");
        string headless = Write([Images, 2], [0, 0], zipped);
        RequireRefusal(() => _ = IdxFile.ReadImages(headless), $"'{headless}' ends too early.");
        string empty = Write([], [], zipped);
        RequireRefusal(() => _ = IdxFile.ReadLabels(empty), $"'{empty}' ends too early.");
    }

    [Test]
    public void A_file_of_another_kind_is_refused()
    {
        string path = Write([Labels, 1], [1]);
        RequireRefusal(() => _ = IdxFile.ReadImages(path),
            $"'{path}' begins with 0x00000801; an IDX file of this kind begins with 0x00000803.");
    }

    /// <returns>The path of a file with a header of big-endian numbers.</returns>
    private string Write(int[] header, byte[] body, bool zipped = false)
    {
        var bytes = new byte[header.Length * sizeof(int) + body.Length];
        for (int i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * sizeof(int)), header[i]);
        body.CopyTo(bytes, header.Length * sizeof(int));
        string path = _folder.File($"{Guid.NewGuid():N}{(zipped ? ".gz" : "")}");
        using Stream file = File.Create(path);
        using Stream stream = zipped ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
        return path;
    }

    private static void RequireRefusal(Action read, string message) =>
        Assert.That(read, Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));
}
