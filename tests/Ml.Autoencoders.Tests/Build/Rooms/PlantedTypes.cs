namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>What <see cref="Planted{T}"/> names.</summary>
internal interface IPlanted;

[AttributeUsage(AttributeTargets.All)]
internal sealed class PlantedAttribute(Type? type) : Attribute
{
    public Type? Type => type;
}

internal abstract class PlantedBase;

internal abstract class PlantedConstraint;

internal sealed class PlantedInTypeOf;

internal sealed class PlantedField;

internal sealed class PlantedParameter;

internal sealed class PlantedResult;

internal sealed class PlantedCast;

internal sealed class PlantedArgument;

internal sealed class PlantedInLambda;

internal sealed class PlantedInIterator;

internal sealed class PlantedException : Exception;

internal static class PlantedCallee
{
    public static int Number() => 1;
}

internal static class PlantedConstants
{
    public const int Number = 1;

    public static string Text { get; } = "";
}
