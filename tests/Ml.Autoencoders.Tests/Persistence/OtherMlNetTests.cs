using System.Text;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>
/// A saved model in a process whose ML.NET is a later one, made from the one of these tests, without an internal member
/// that the library uses.
/// </summary>
internal sealed class OtherMlNetTests
{
    private const string Member = "TryLoadBinaryStream";

    private readonly MLContext _ml = new(seed: 1);
    private TemporaryFolder _program = null!;

    [OneTimeSetUp]
    public void CopyTheProgram()
    {
        _program = new TemporaryFolder();
        Loader.CopyWithoutTorch(_program.Path);
        int renamed = 0;
        foreach (string file in Directory.GetFiles(_program.Path, "Microsoft.ML.*.dll"))
        {
            byte[] image = File.ReadAllBytes(file);
            renamed += Renamed.In(image, Member);
            SetVersion(image);
            File.WriteAllBytes(file, image);
        }
        Assert.That(renamed, Is.Positive);
    }

    [OneTimeTearDown]
    public void DeleteTheProgram() => _program.Dispose();

    [Test]
    public void Loading_says_so_in_a_sentence_with_both_versions()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema);
        Assert.That(() => Loader.Run(_program.Path, saved, "Code"), Throws.InvalidOperationException.With.Message.Match(
            "Ml\\.Autoencoders [^ ]+ runs with Microsoft\\.ML 5\\.0\\.1 to 6\\.0\\.0, and this application has " +
            "Microsoft\\.ML 6\\.9\\.0, which lacks something that the library uses: Method not found: " +
            $"'[^']*{Member}[^']*'\\."));
    }

    private static void SetVersion(byte[] image)
    {
        int at = image.AsSpan().IndexOf(Encoding.UTF8.GetBytes("6.0.0+"));
        if (at >= 0)
            image[at + 2] = (byte)'9';
    }
}
