namespace Ml.Autoencoders.Training;

/// <summary>The rows to learn from, and those to measure on.</summary>
internal sealed record TrainingData(ITrainingRows Training, ITrainingRows? Validation)
{
    /// <summary>The warning about slots that dwarf the others; null where there are none, or where a scaling makes up
    /// for it.</summary>
    public string? UnevenSlots { get; init; }
}
