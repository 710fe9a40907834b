namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>A place in the code that names a type.</summary>
/// <param name="From">The type that the place is in; an outermost one.</param>
/// <param name="Member">Its member, or what else of it names the other.</param>
/// <param name="To">The type that is named; an outermost one.</param>
internal sealed record Naming(Type From, string Member, Type To);
