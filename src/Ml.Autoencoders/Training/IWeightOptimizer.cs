namespace Ml.Autoencoders.Training;

/// <summary>Moves weights by the gradients that they hold.</summary>
internal interface IWeightOptimizer : IDisposable
{
    void Step(double learningRate);
}
