using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>The sources of the library: which types are declared in which room, the first folder on the way to a
/// file.</summary>
internal sealed partial class SourceFolder
{
    private readonly Dictionary<string, HashSet<string>> _rooms = [];

    public SourceFolder(string root)
    {
        Files = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Room: RoomOf(root, path), Path: path))
            .Where(file => file.Room is not ("bin" or "obj"))
            .Select(file => new SourceFile(file.Room, File.ReadAllText(file.Path)))];
        foreach (SourceFile file in Files)
        {
            foreach (string type in file.Types)
                Add(type, file.Room);
        }
        foreach (string path in Directory.EnumerateFiles(root, "*.proto", SearchOption.AllDirectories))
            Add(ProtocolNamespace().Match(File.ReadAllText(path)).Groups[1].Value, RoomOf(root, path));
    }

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Every folder with sources in it; "" for files that lie in none.</summary>
    public IEnumerable<string> Rooms => _rooms.Values.SelectMany(rooms => rooms).Distinct();

    /// <summary>The room of a type; null for what the compiler adds.</summary>
    /// <param name="type">An outermost type.</param>
    /// <exception cref="InvalidOperationException">It is declared in none, or in more than one.</exception>
    public string? RoomOf(Type type)
    {
        if (IsOfTheCompiler(type))
            return null;
        string name = type.FullName!.Split('`')[0];
        if (!_rooms.TryGetValue(name, out HashSet<string>? rooms)
            && !_rooms.TryGetValue(type.Namespace ?? "", out rooms))
            throw new InvalidOperationException($"No source declares {name}.");
        return rooms.Count == 1
            ? rooms.Single()
            : throw new InvalidOperationException($"{name} is declared in {string.Join(" and in ", rooms)}.");
    }

    private static bool IsOfTheCompiler(Type type) => type.Name.StartsWith('<')
        || type.Namespace is "Microsoft.CodeAnalysis" or "System.Text.RegularExpressions.Generated"
        || type.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "CompilerGeneratedAttribute"
            or "EmbeddedAttribute");

    private static string RoomOf(string root, string path) =>
        Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";

    private void Add(string type, string room)
    {
        if (!_rooms.TryGetValue(type, out HashSet<string>? rooms))
            _rooms.Add(type, rooms = []);
        rooms.Add(room);
    }

    [GeneratedRegex("option csharp_namespace = \"([^\"]+)\"")]
    private static partial Regex ProtocolNamespace();
}
