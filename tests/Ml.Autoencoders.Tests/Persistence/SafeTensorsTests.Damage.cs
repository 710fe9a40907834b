using Ml.Autoencoders.Persistence;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Persistence;

internal sealed partial class SafeTensorsTests
{
    private const string NotTheHeader = "The weights' header is not the JSON of a safetensors file.";

    private static IEnumerable<TestCaseData> Damages() => OfHeaders().Concat(OfPlaces());

    private static IEnumerable<TestCaseData> OfHeaders()
    {
        yield return Case("nothing", [], "The weights are 0 bytes long; a safetensors file has at least 8.");
        yield return Case("half a length", [1, 0, 0],
            "The weights are 3 bytes long; a safetensors file has at least 8.");
        yield return Case("a length beyond the end", [9, 0, 0, 0, 0, 0, 0, 0, (byte)'{'],
            "The weights' header is declared to be 9 bytes long; the file has 9. It is " +
            "not a safetensors file, or is damaged.");
        yield return Case("a length of 2^63", [0, 0, 0, 0, 0, 0, 0, 0x80],
            "The weights' header is declared to be 9223372036854775808 bytes long; the file has 8. It is not a " +
            "safetensors file, or is damaged.");
        yield return Case("the greatest length", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            "The weights' header is declared to be 18446744073709551615 bytes long; the file has 8. It is not a " +
            "safetensors file, or is damaged.");
        yield return Case("no header", [0, 0, 0, 0, 0, 0, 0, 0], NotTheHeader);
        yield return Case("no JSON", Build("{"), NotTheHeader);
        yield return Case("a list", Build("[]"), NotTheHeader);
        yield return Case("a number", Build("7"), NotTheHeader);
        yield return Case("text after the JSON", Build("{}{}"), NotTheHeader);
        yield return Case("a tensor that is a number", Build("""{"a":7}"""), NotTheHeader);
        yield return Case("no type", Build("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 1), NotTheHeader);
        yield return Case("no shape", Build("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 1), NotTheHeader);
        yield return Case("no place", Build("""{"a":{"dtype":"F32","shape":[1]}}""", 1), NotTheHeader);
        yield return Case("a type that is a number",
            Build("""{"a":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}""", 1), NotTheHeader);
        yield return Case("a shape of texts", Build("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 1),
            NotTheHeader);
        yield return Case("another type", Build("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 1),
            "The weights' tensor 'a' is of type F16; only F32 can be read.");
        yield return Case("no type at all", Build("""{"a":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}""", 1),
            "The weights' tensor 'a' is of type ; only F32 can be read.");
    }

    private static IEnumerable<TestCaseData> OfPlaces()
    {
        yield return Case("a place too small", Build("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 1),
            "The weights' tensor 'a' is [2], which is not what its place [0, 4] holds.");
        yield return Case("a place too large",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 1, 2),
            "The weights' tensor 'a' is [1], which is not what its place [0, 8] holds.");
        yield return Case("one offset", Build("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0]}}"""),
            "The weights' tensor 'a' is [0], which is not what its place [0] holds.");
        yield return Case("three offsets", Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", 1),
            "The weights' tensor 'a' is [1], which is not what its place [0, 4, 4] holds.");
        yield return Case("a negative offset", Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"""),
            "The weights' tensor 'a' is [1], which is not what its place [-4, 0] holds.");
        yield return Case("negative sizes", Build("""{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", 1),
            "The weights' tensor 'a' is [-1, -1], which is not what its place [0, 4] holds.");
        yield return Case("an end before the start",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 1),
            "The weights' tensor 'a' is [1], which is not what its place [4, 0] holds.");
        yield return Case("a shape that wraps around to 4 bytes",
            Build("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,1],"data_offsets":[0,0]}}"""), NotTheHeader);
        yield return Case("a size beyond 64 bits",
            Build("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 1), null);
        yield return Case("half a size",
            Build("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}}""", 1), null);
        yield return Case("offsets beyond the end",
            Build("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 1),
            "The weights' header describes 8 bytes of values; the file holds 4.");
        yield return Case("offsets at the end of the world",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}}""", 1),
            "The weights' tensors overlap or leave a gap at byte 0.");
        yield return Case("bytes after the end",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 1, 2),
            "The weights' header describes 4 bytes of values; the file holds 8.");
        yield return Case("a gap",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 1, 2, 3), "The weights' tensors overlap or leave a gap at byte 4.");
        yield return Case("an overlap",
            Build("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 1, 2, 3), "The weights' tensors overlap or leave a gap at byte 8.");
        yield return Case("a place used twice",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 1), "The weights' tensors overlap or leave a gap at byte 4.");
        yield return Case("a name used twice",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 1, 2), NotTheHeader);
        yield return Case("a name used twice in other letters",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 1, 2), NotTheHeader);
        // Too large to exist, and placed so that 3 bytes of numbers would look complete.
        yield return Case("a shape too large before its own start",
            Build("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[4,3]}}""", 1)[..^1], NotTheHeader);
    }

    private static TestCaseData Case(string name, byte[] file, string? message) =>
        new TestCaseData(file, message).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Damages))]
    public void A_damaged_file_is_refused(byte[] file, string? message) =>
        Assert.That(() => Open(file), message is null
            ? Throws.TypeOf<FormatException>()
            : Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

    [Test]
    public void A_shape_of_very_many_sizes_is_refused_before_they_are_multiplied_out()
    {
        string sizes = string.Join(',', Enumerable.Repeat(long.MaxValue, 200_000));

        Assert.That(() => Open(Build($"{{\"a\":{{\"dtype\":\"F32\",\"shape\":[{sizes}],\"data_offsets\":[0,4]}}}}", 1)),
            Throws.TypeOf<FormatException>());
    }

    [Test]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] file = Sample();

        for (int length = 0; length < file.Length; length++)
            Assert.That(() => Open(file[..length]), Throws.TypeOf<FormatException>(),
                $"{length} of {file.Length} bytes");
    }

    [Test]
    public void A_byte_changed_in_the_header_is_found_or_does_no_harm()
    {
        byte[] file = Sample();
        int end = 8 + (int)BitConverter.ToInt64(file);
        int refused = 0;
        for (int place = 0; place < end; place++)
        {
            byte right = file[place];
            for (int wrong = 0; wrong < 256; wrong++)
            {
                file[place] = (byte)wrong;
                if (wrong != right && IsRefused(file))
                    refused++;
            }
            file[place] = right;
        }

        // Padding can be white space of any of the four kinds; nothing else can change without harm.
        int padding = file[..end].Reverse().TakeWhile(character => character == ' ').Count();
        Assert.That(refused, Is.EqualTo(255 * end - 3 * padding));
    }

    [Test]
    public void Files_damaged_at_random_are_refused_or_read_and_nothing_else()
    {
        var random = new Random(11);
        byte[] whole = Sample();
        int refused = 0;
        for (int i = 0; i < 5000; i++)
        {
            var file = new List<byte>(whole);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                Damage(file, random);
            // Numbers may change unseen here: digests in the archive watch over them.
            if (IsRefused([.. file], sameValues: false))
                refused++;
        }

        Assert.That(refused, Is.GreaterThan(2500));
    }

    /// <summary>
    /// Whether a file is refused as damaged. One that is not gives the tensors of
    /// <see cref="Sample"/>, or none by their names.
    /// </summary>
    private static bool IsRefused(byte[] file, bool sameValues = true)
    {
        try
        {
            SafeTensorsReader reader = Open(file);
            float[] matrix = Read(reader, "m", 2, 3);
            float[] vector = Read(reader, "v", 2);
            if (sameValues)
                Assert.That((float[])[.. matrix, .. vector], Is.EqualTo(SampleValues));
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private static void Damage(List<byte> file, Random random)
    {
        int place = random.Next(file.Count);
        int length = random.Next(1, Math.Min(16, file.Count - place) + 1);
        switch (random.Next(5))
        {
            case 0:
                file[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                file[place] = (byte)random.Next(256);
                break;
            case 2 when file.Count > 16:
                file.RemoveRange(place, length);
                break;
            case 3:
                file.InsertRange(random.Next(file.Count), file.GetRange(place, length));
                break;
            default:
                file[place] = (byte)"0123456789-,[]{}\":e"[random.Next(19)];
                break;
        }
    }

    private static readonly float[] SampleValues = [1, 2, 3, 4, 5, 6, 0.25f, -8];

    private static byte[] Sample() =>
        Write(("m", Table([1, 2, 3], [4, 5, 6])), ("v", tensor(new[] { 0.25f, -8 })));
}
