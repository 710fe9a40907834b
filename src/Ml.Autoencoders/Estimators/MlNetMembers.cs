using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.ML;

namespace Ml.Autoencoders.Estimators;

/// <summary>
/// Whether the ML.NET of this process has what the library uses of its internals, which may change with any version.
/// Where it does not, the runtime reports it somewhere in the middle of a fit, with a name that no user knows.
/// </summary>
/// <remarks>Called by every entry point of the library before anything internal is named: the runtime looks members up
/// for whole methods.</remarks>
internal static class MlNetMembers
{
    /// <summary>Tables of ECMA-335, II.22, whose rows name types and members of other assemblies.</summary>
    private const int TypeReferences = 0x01000000, MemberReferences = 0x0A000000;

    /// <summary>The versions that the tests run with, and that therefore have everything.</summary>
    private static readonly string[] Tested = ["5.0.1", "6.0.0"];

    private static volatile bool _areThere;

    /// <summary>
    /// Checks it once per process, and by the version number alone where that version was tested.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is missing.</exception>
    public static void Require()
    {
        if (_areThere)
            return;
        Require(typeof(MlNetMembers).Assembly, VersionOf(typeof(MLContext).Assembly));
        _areThere = true;
    }

    /// <param name="library">This library.</param>
    /// <param name="mlNet">The version of ML.NET that it runs with.</param>
    public static void Require(Assembly library, string mlNet)
    {
        if (!Tested.Contains(mlNet, StringComparer.Ordinal) && FirstLacking(library) is { } lacking)
        {
            throw new InvalidOperationException(
                $"Ml.Autoencoders {VersionOf(library)} runs with Microsoft.ML {Tested[0]} to {Tested[^1]}, and this " +
                $"application has Microsoft.ML {mlNet}, which lacks something that the library uses: {lacking}");
        }
    }

    /// <summary>What the runtime reports about the first type or member that <paramref name="library"/> names and no
    /// other assembly has; null where there is none.</summary>
    public static string? FirstLacking(Assembly library) =>
        FirstLacking(TypeReferences, token => library.ManifestModule.ResolveType(token))
        ?? FirstLacking(MemberReferences, token => library.ManifestModule.ResolveMember(token))
        ?? FirstBrokenType(library);

    [SuppressMessage("Design", "CA1031", Justification = "An exception for an open generic type means nothing here.")]
    private static string? FirstLacking(int table, Action<int> resolve)
    {
        for (int row = 1; ; row++)
        {
            try
            {
                resolve(table | row);
            }
            catch (ArgumentOutOfRangeException)
            {
                return null;
            }
            catch (Exception error) when (error is MissingMemberException or TypeLoadException)
            {
                return error.Message;
            }
            catch (Exception)
            {
                // The next one.
            }
        }
    }

    /// <summary>A type that lacks something that its base type or its interfaces require.</summary>
    private static string? FirstBrokenType(Assembly library)
    {
        try
        {
            library.GetTypes();
            return null;
        }
        catch (ReflectionTypeLoadException error)
        {
            return error.LoaderExceptions.OfType<TypeLoadException>().FirstOrDefault()?.Message;
        }
    }

    /// <summary>Without what follows the number: the commit.</summary>
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? $"{assembly.GetName().Version}";
}
