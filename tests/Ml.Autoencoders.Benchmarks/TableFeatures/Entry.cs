namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>A line of the table: a classifier and what stands before it.</summary>
internal readonly record struct Entry(string Contestant, string Judge);
