using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;

namespace Ml.Autoencoders.Persistence;

/// <summary>Everything about a fitted stage that is not a tensor: the JSON part of a model file.</summary>
internal sealed record ModelDescription(
    int Version,
    ColumnNames Columns,
    ModelDefinition Model,
    TrainingOptions Training,
    IReadOnlyList<TrainingEpoch> History)
{
    /// <summary>The version that is written. A reader refuses newer ones.</summary>
    public const int CurrentVersion = 1;
}
