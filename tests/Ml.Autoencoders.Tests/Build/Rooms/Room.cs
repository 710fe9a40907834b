namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>A line of the list of rooms.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="KnowsMlNet">Whether it may name a type of ML.NET.</param>
internal sealed record Room(string Name, bool KnowsMlNet);
