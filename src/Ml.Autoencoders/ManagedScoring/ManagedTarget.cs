using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>A requested output of rows, and where it goes.</summary>
/// <param name="Output">The output.</param>
/// <param name="Values">Room for it, one row after the other.</param>
/// <param name="Column">Which column of the code's kind, where it is one.</param>
internal readonly record struct ManagedTarget(ManagedOutput Output, float[] Values, CodeColumn? Column = null);
