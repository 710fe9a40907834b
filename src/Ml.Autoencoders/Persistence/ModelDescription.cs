using Ml.Autoencoders.Anomalies;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;

namespace Ml.Autoencoders.Persistence;

/// <summary>Everything about a fitted stage that is not a tensor: the JSON part of a model file.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="Columns">What it reads and writes.</param>
/// <param name="Model">What it computes.</param>
/// <param name="Training">How it was trained.</param>
/// <param name="History">How that went.</param>
/// <param name="Seed">What the fit drew from, and samples of codes draw from.</param>
internal sealed record ModelDescription(
    int Version,
    ColumnNames Columns,
    ModelDefinition Model,
    TrainingOptions Training,
    IReadOnlyList<TrainingEpoch> History,
    int Seed = 0)
{
    /// <summary>How it tells anomalies; null for a stage that encodes.</summary>
    public Detection? Detection { get; init; }

    /// <summary>The version that is written. A reader refuses newer ones.</summary>
    public const int CurrentVersion = 1;
}
