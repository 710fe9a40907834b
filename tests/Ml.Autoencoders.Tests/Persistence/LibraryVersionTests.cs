using System.Reflection;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Which versions of the library take each other's files: a file names the assembly, and .NET loads none of a
/// lower version than is asked for.</summary>
internal sealed class LibraryVersionTests
{
    private readonly MLContext _ml = new(seed: 1);
    private byte[] _saved = [];
    private string[] _expected = [];

    [OneTimeSetUp]
    public void Save()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        _saved = ModelZip.Save(_ml, model, Loader.Rows(_ml).Schema);
        _expected = Loader.Expected(_ml, model, "Clean");
    }

    [Test]
    public void The_version_of_the_assembly_is_that_of_every_release()
    {
        Type[] types =
        [
            typeof(AutoencoderTransformer),
            typeof(Autoencoders.Evaluation.PcaComparison),
            typeof(Autoencoders.Plots.LineChart),
            typeof(Autoencoders.Music.MelodyReader),
        ];
        foreach (Type type in types)
        {
            Assert.That(type.Assembly.GetName().Version, Is.EqualTo(new Version(1, 0, 0, 0)));
            string release =
                type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            string file = type.Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
            Assert.That(release, Does.StartWith(Version.Parse(file).ToString(3)));
        }
    }

    [Test]
    public void A_file_names_the_assembly_without_a_version() =>
        Assert.That(new ModelKey(new ModelZip(_saved).Read(ModelZip.Digests)).Assembly, Is.EqualTo("Ml.Autoencoders"));

    [Test]
    public void A_detector_does_too()
    {
        using AutoencoderAnomalyTransformer detector = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new() { Network = Small.Network, Training = Small.Training() }).Fit(Rows.View(_ml, 40));
        var zip = new ModelZip(ModelZip.Save(_ml, detector, Rows.View(_ml, 1).Schema));
        Assert.That(new ModelKey(zip.Read(ModelZip.Digests)).Assembly, Is.EqualTo("Ml.Autoencoders"));
    }

    /// <summary>As releases wrote it whose assemblies had the version of the package.</summary>
    [TestCase("Ml.Autoencoders, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null")]
    [TestCase("Ml.Autoencoders, Version=0.9.17.0, Culture=neutral, PublicKeyToken=null")]
    [TestCase("Ml.Autoencoders")]
    public void A_file_of_an_older_library_loads_in_a_process_that_does_not_name_it(string assembly) =>
        Assert.That(Loader.Run(Repository.LoaderOutput, Naming(assembly), "Clean"), Is.EqualTo(_expected));

    /// <summary>No release writes such a file; what .NET says of it names both.</summary>
    [Test]
    public void A_file_that_asks_for_a_newer_assembly_is_refused_by_name()
    {
        byte[] newer = Naming("Ml.Autoencoders, Version=9.9.9.9, Culture=neutral, PublicKeyToken=null");
        // In this process the host of the tests answers for assemblies that are not found.
        Assert.That(() => Loader.Run(Repository.LoaderOutput, newer, "Clean"), Throws.InvalidOperationException
            .With.Message.Contains("Could not load file or assembly 'Ml.Autoencoders, Version=9.9.9.9"));
    }

    private byte[] Naming(string assembly)
    {
        var zip = new ModelZip(_saved);
        var key = new ModelKey(zip.Read(ModelZip.Digests)) { Assembly = assembly };
        return zip.Replace(ModelZip.Digests, key.ToBytes()).ToBytes();
    }
}
