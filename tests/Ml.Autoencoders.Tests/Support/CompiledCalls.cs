using System.Reflection;

namespace Ml.Autoencoders.Tests;

/// <summary>What the compiled code of an assembly calls.</summary>
internal static class CompiledCalls
{
    /// <summary>Every method and constructor that has a body, with those that it calls or makes delegates of.</summary>
    public static Dictionary<MethodBase, MethodBase[]> Of(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type =>
            type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.DeclaredOnly))
        .OfType<MethodBase>()
        .ToDictionary(method => method,
            method => CompiledCode.Members(method).OfType<MethodBase>().Select(Definition).Distinct().ToArray());

    /// <summary>Of a generic method, the one that has the body.</summary>
    private static MethodBase Definition(MethodBase method) =>
        method.IsGenericMethod ? ((MethodInfo)method).GetGenericMethodDefinition() : method;
}
