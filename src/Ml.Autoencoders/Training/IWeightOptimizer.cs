namespace Ml.Autoencoders.Training;

/// <summary>Moves weights by the gradients that they hold.</summary>
internal interface IWeightOptimizer : IDisposable
{
    /// <summary>What it remembers between steps.</summary>
    AdamState State { get; }

    void Step(double learningRate);
}
