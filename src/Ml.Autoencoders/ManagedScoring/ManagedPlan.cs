namespace Ml.Autoencoders.ManagedScoring;

/// <summary>How a stack computes in managed memory: sizes, and operations that are made once the numbers are
/// known.</summary>
/// <param name="Inputs">Numbers of a row before the first operation, without a label's.</param>
/// <param name="Outputs">Numbers of a row after the last.</param>
/// <param name="Operations">In order.</param>
internal sealed record ManagedPlan(int Inputs, int Outputs, IReadOnlyList<PlannedOperation> Operations)
{
    /// <summary>The most numbers of a row as it is laid out, 2 GiB.</summary>
    public const long MaxStride = 1 << 29;

    /// <summary>The layer that cannot; null where all can.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Whether rows are pictures on their way.</summary>
    public bool HasPictures { get; init; }

    /// <summary>Numbers that hidden layers give for each row, as far as they may be requested.</summary>
    public int Hidden { get; init; }

    /// <summary>From one row to the next where rows are widest.</summary>
    public long Widest => Operations.Select(operation => operation.Stride).DefaultIfEmpty().Max();

    /// <summary>Numbers that all weights take as they are laid out.</summary>
    public long Weights => Operations.Sum(operation => operation.Weights);

    public ManagedStack Make(NumbersOf numbers) => new(Inputs, Outputs,
        [.. Operations.Select(operation => (operation.Make(numbers),
            operation.Steps.Select(step => step(numbers)).ToArray()))]);
}
