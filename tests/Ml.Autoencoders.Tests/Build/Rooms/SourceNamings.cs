using System.Reflection;
using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>The names that the compiler puts a value in the place of, so that the compiled code does not tell:
/// constants, and what <c>nameof</c> is asked of.</summary>
internal static partial class SourceNamings
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.FlattenHierarchy;

    /// <param name="files">The sources.</param>
    /// <param name="library">The outermost types that they declare, compiled.</param>
    public static IEnumerable<Naming> Of(IEnumerable<SourceFile> files, IReadOnlyList<Type> library)
    {
        ILookup<string, Type> types = library.ToLookup(type => type.Name.Split('`')[0]);
        ILookup<string, Type> fullNames = library.ToLookup(type => type.FullName!.Split('`')[0]);
        return
            from file in files
            from declared in file.Types
            from type in fullNames[declared]
            from name in Name().Matches(file.Code)
            let member = name.Groups["member"].Value
            from named in types[name.Groups["type"].Value]
            where name.Groups["nameof"].Success ? IsNamed(named, member, type) : IsConstant(named, member)
            select new Naming(type, name.Value, named);
    }

    /// <summary>Whether it is the type's name, and that of none of the members where it stands.</summary>
    private static bool IsNamed(Type named, string member, Type place) =>
        member.Length > 0 ? named.GetMember(member, All).Length > 0 : place.GetMember(named.Name, All).Length == 0;

    private static bool IsConstant(Type named, string member) => named.GetField(member, All) is { IsLiteral: true };

    [GeneratedRegex(
        @"(?<nameof>nameof\((?:\w+\.)*?)(?<type>[A-Z]\w*)(?:\.(?<member>\w+))?\)|\b(?<type>[A-Z]\w*)\.(?<member>[A-Z]\w*)\b")]
    private static partial Regex Name();
}
