namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A way to make codes.</summary>
/// <param name="name">For the table.</param>
/// <param name="isPca">Whether it is what autoencoders are compared with.</param>
internal abstract class Method(string name, bool isPca)
{
    public string Name => name;

    public bool IsPca => isPca;

    /// <summary>Learns from the training rows alone.</summary>
    public abstract FittedMethod Fit(ComparisonData data, int codeSize);
}
