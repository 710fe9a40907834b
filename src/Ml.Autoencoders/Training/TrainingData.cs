namespace Ml.Autoencoders.Training;

/// <summary>The rows to learn from, and those to measure on.</summary>
internal sealed record TrainingData(ITrainingRows Training, ITrainingRows? Validation)
{
    /// <summary>What is to be said of slots that dwarf the others; null where there are none, or a scaling makes up for
    /// it.</summary>
    public string? UnevenSlots { get; init; }
}
