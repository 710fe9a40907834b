using System.Reflection;

namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>What the compiled types of an assembly name: in what they derive from, in signatures, fields,
/// attributes, local variables and instructions.</summary>
internal static class CompiledNamings
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;

    /// <param name="assembly">The assembly.</param>
    /// <param name="isAsked">Which types it is asked of whether they are named.</param>
    public static IEnumerable<Naming> Of(Assembly assembly, Func<Type, bool> isAsked) =>
        from type in assembly.GetTypes()
        from named in Named(type)
        from part in Parts(named.Type)
        where isAsked(part)
        select new Naming(Outermost(type), named.Member, Outermost(part));

    /// <summary>A nested type, and what the compiler makes of lambdas and iterators, belongs to the type around
    /// it.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<(string Member, Type? Type)> Named(Type type)
    {
        foreach (Type? parent in type.GetInterfaces().Prepend(type.BaseType)
            .Concat(Constraints(type.GetGenericArguments())))
            yield return ("its declaration", parent);
        foreach (Type? attribute in Attributes(type.CustomAttributes))
            yield return ("its attributes", attribute);
        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            foreach (Type? named in Attributes(member.CustomAttributes).Concat(NamedBy(member)))
                yield return (member.Name, named);
        }
    }

    private static IEnumerable<Type?> NamedBy(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        MethodInfo method => [method.ReturnType, .. Attributes(method.ReturnParameter.CustomAttributes),
            .. Constraints(method.GetGenericArguments()), .. NamedBy((MethodBase)method)],
        ConstructorInfo constructor => NamedBy((MethodBase)constructor),
        _ => [],
    };

    private static IEnumerable<Type?> NamedBy(MethodBase method) =>
    [
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.GetParameters().SelectMany(parameter => Attributes(parameter.CustomAttributes)),
        .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
        .. method.GetMethodBody()?.ExceptionHandlingClauses.Where(clause =>
            clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType) ?? [],
        .. CompiledCode.Members(method).SelectMany(NamedWith),
    ];

    private static IEnumerable<Type?> NamedWith(MemberInfo operand) => operand switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => [method.DeclaringType, .. method.GetGenericArguments()],
        _ => [operand.DeclaringType],
    };

    private static IEnumerable<Type?> Constraints(IEnumerable<Type> arguments) =>
        arguments.Where(argument => argument.IsGenericParameter)
            .SelectMany(argument => argument.GetGenericParameterConstraints());

    private static IEnumerable<Type?> Attributes(IEnumerable<CustomAttributeData> attributes) =>
        from attribute in attributes
        from type
        in attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue))
            .SelectMany(argument => new[] { argument.ArgumentType, argument.Value as Type })
            .Prepend(attribute.AttributeType)
        select type;

    /// <summary>The types that a type is put together from.</summary>
    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsGenericParameter: true } => [],
        { IsConstructedGenericType: true } =>
        type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()),
        _ => [type],
    };
}
