using System.Xml.Linq;

namespace Ml.Autoencoders.Tests.Build.Packaging;

/// <summary>
/// A folder outside of the repository whose projects find the packages that were just made, beside the
/// repository's own sources.
/// </summary>
/// <remarks>Those packages are unpacked within the folder, and not where this machine keeps all others; the others are
/// taken from there, since torch alone has hundreds of megabytes.</remarks>
internal sealed class Stranger : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Stranger()
    {
        XDocument settings = XDocument.Load(Repository.PathOf("nuget.config"));
        settings.Root!.Element("packageSources")!.Add(Setting("packed", Packed.Feed));
        settings.Root.Add(
            new XElement("config", Setting("globalPackagesFolder", _folder.File("packages"))),
            new XElement("fallbackPackageFolders",
                Packages.Folders().Select((folder, i) => Setting($"machine{i}", folder))));
        settings.Save(_folder.File("nuget.config"));
    }

    /// <summary>A new folder in it.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(_folder.File(name)).FullName;

    public void Dispose() => _folder.Dispose();

    private static XElement Setting(string key, string value) =>
        new("add", new XAttribute("key", key), new XAttribute("value", value));
}
