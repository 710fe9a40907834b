using Microsoft.ML.Data;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Scoring;

/// <summary>A row of a series whose windows are still coming, or have all come.</summary>
/// <param name="id">Its id.</param>
internal sealed class HeldRow(DataViewRowId id)
{
    public DataViewRowId Id => id;

    public WindowScores Scores;

    /// <summary>Whether no later window holds it.</summary>
    public bool IsComplete { get; set; }
}
