using System.Text;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Persistence;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Weights as safetensors: what is written, and what of it is read. Damage has a file of its own.</summary>
internal sealed partial class SafeTensorsTests : TensorTests
{
    [Test]
    public void A_file_is_the_length_of_its_header_the_header_and_the_numbers()
    {
        byte[] file = Write(("a", Table([1, -2])), ("b.c", tensor(new[] { 0.5f })));

        // Padded with spaces, so that the numbers begin at a multiple of 8.
        const string Header =
            """{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b.c":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""";
        string padded = Header.PadRight((Header.Length + 7) / 8 * 8);
        byte[] expected =
        [
            (byte)padded.Length, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.ASCII.GetBytes(padded),
            0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F,
        ];
        Assert.That(file, Is.EqualTo(expected));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(8)]
    public void Numbers_begin_at_a_multiple_of_8(int nameLength)
    {
        byte[] file = Write((new string('n', nameLength), zeros(1)));

        Assert.Multiple(() =>
        {
            Assert.That(BitConverter.ToInt64(file) % 8, Is.Zero);
            Assert.That(file, Has.Length.EqualTo(8 + BitConverter.ToInt64(file) + 4));
        });
    }

    [Test]
    public void Every_number_comes_back_bit_for_bit()
    {
        float[] values = [0, -0f, 1, -1, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
            1 / 3f, MathF.PI];
        Tensor matrix = Uniform([30, 7], -1e3, 1e3);
        Tensor image = Uniform([2, 3, 4, 5]);

        SafeTensorsReader file =
            Open(Write(("values", tensor(values)), ("matrix", matrix), ("image", image), ("none", zeros(0, 3))));

        Assert.Multiple(() =>
        {
            Assert.That(file.Names, Is.EqualTo(new[] { "values", "matrix", "image", "none" }));
            Assert.That((file.Contains("image"), file.Contains("Image")), Is.EqualTo((true, false)));
            Assert.That(Read(file, "image", 2, 3, 4, 5).Select(BitConverter.SingleToInt32Bits),
                Is.EqualTo(image.Floats().Select(BitConverter.SingleToInt32Bits)));
            Assert.That(Read(file, "values", values.Length).Select(BitConverter.SingleToInt32Bits),
                Is.EqualTo(values.Select(BitConverter.SingleToInt32Bits)));
            Assert.That(Read(file, "matrix", 30, 7), Is.EqualTo(matrix.Floats()));
        });
    }

    [Test]
    public void The_order_in_the_header_and_in_the_file_may_differ_and_metadata_is_passed_over()
    {
        SafeTensorsReader file = Open(Build(
            """{"__metadata__":{"format":"pt"},"second":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},"first":{"data_offsets":[0,4],"shape":[],"dtype":"F32"}}""",
            1, 2, 3));

        Assert.Multiple(() =>
        {
            Assert.That(file.Names, Is.EquivalentTo(new[] { "first", "second" }));
            Assert.That(Read(file, "second", 2), Is.EqualTo(new[] { 2f, 3 }));
            Assert.That(Read(file, "first"), Is.EqualTo(new[] { 1f }));
        });
    }

    [Test]
    public void A_file_without_tensors_can_be()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Open(Write()).Names, Is.Empty);
            Assert.That(Open(Build("{}")).Names, Is.Empty);
        });
    }

    [Test]
    public void Names_may_hold_any_characters()
    {
        const string Name = "weights \"α\\β\" \n\u0001";

        SafeTensorsReader file = Open(Write((Name, ones(2))));

        Assert.That(Read(file, Name, 2), Is.EqualTo(new[] { 1f, 1 }));
    }

    [Test]
    public void A_tensor_that_is_missing_or_of_another_shape_is_refused()
    {
        SafeTensorsReader file = Open(Write(("a", zeros(2, 3))));

        Assert.Multiple(() =>
        {
            Assert.That(() => file.Require("a", [2, 3]), Throws.Nothing);
            Assert.That(() => file.Require("b", [2, 3]), Throws.TypeOf<FormatException>()
                .With.Message.EqualTo("The weights have no tensor 'b'."));
            Assert.That(() => file.Require("a", [3, 2]), Throws.TypeOf<FormatException>()
                .With.Message.EqualTo("The weights' tensor 'a' is [2, 3]; the network needs [3, 2]."));
            Assert.That(() => file.Require("a", [6]), Throws.TypeOf<FormatException>()
                .With.Message.EqualTo("The weights' tensor 'a' is [2, 3]; the network needs [6]."));
        });
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused(float value)
    {
        SafeTensorsReader file = Open(Write(("fine", ones(2)), ("bad", tensor(new[] { 1, 2, value }))));

        Assert.Multiple(() =>
        {
            Assert.That(Read(file, "fine", 2), Is.EqualTo(new[] { 1f, 1 }));
            Assert.That(() => Read(file, "bad", 3), Throws.TypeOf<FormatException>()
                .With.Message.EqualTo("The weights' tensor 'bad' holds a value that is not a finite number."));
        });
    }

    [Test]
    public void Infinity_is_read_where_it_may_be_and_NaN_nowhere()
    {
        SafeTensorsReader file =
            Open(Write(("infinite", tensor(new[] { float.PositiveInfinity, float.NegativeInfinity })),
                ("nan", tensor(new[] { float.NaN }))));
        Assert.That(file.Read("infinite", mayBeInfinite: true),
            Is.EqualTo(new[] { float.PositiveInfinity, float.NegativeInfinity }));
        Assert.That(() => file.Read("nan", mayBeInfinite: true), Throws.TypeOf<FormatException>()
            .With.Message.EqualTo("The weights' tensor 'nan' holds a value that is not a finite number."));
    }

    private static byte[] Write(params (string Name, Tensor Values)[] tensors)
    {
        using var stream = new MemoryStream();
        var numbers = new ModelNumbers();
        foreach ((string name, Tensor values) in tensors)
            numbers.Add(name, values.shape, values.numel() == 0 ? [] : values.Floats());
        SafeTensorsWriter.Write(stream, numbers);
        return stream.ToArray();
    }

    /// <summary>A file with a header of one's own.</summary>
    private static byte[] Build(string header, params float[] values)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. values.SelectMany(BitConverter.GetBytes)];
    }

    private static SafeTensorsReader Open(byte[] file) => new(new MemoryStream(file));

    private static float[] Read(SafeTensorsReader file, string name, params long[] shape)
    {
        file.Require(name, shape);
        return file.Read(name);
    }
}
