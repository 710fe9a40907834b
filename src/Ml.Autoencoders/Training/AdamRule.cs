namespace Ml.Autoencoders.Training;

/// <summary>
/// The numbers of a step of Adam or AdamW that are the same for every weight: Kingma and Ba 2014, algorithm 1, with the
/// bias corrections folded into the step width and the denominator as torch does; weight decay as L2 in the gradient
/// (Adam) or decoupled (AdamW; Loshchilov and Hutter 2017, algorithm 2).
/// </summary>
/// <param name="Width">The factor on mean over root.</param>
/// <param name="RootScale">The factor on the root of the squares.</param>
/// <param name="Keep">The share of a weight that is left before the step.</param>
/// <param name="GradientDecay">How much of a weight is added to its gradient.</param>
internal readonly record struct AdamRule(float Width, float RootScale, float Keep, float GradientDecay)
{
    public const float Beta1 = 0.9f;
    public const float Beta2 = 0.999f;
    public const float Epsilon = 1e-8f;

    /// <summary>The rule of a step, counted from 1.</summary>
    public static AdamRule Of(OptimizerKind kind, double weightDecay, double learningRate, int step) => new(
        Width: (float)(learningRate / (1 - Math.Pow(Beta1, step))),
        RootScale: (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, step))),
        Keep: kind == OptimizerKind.AdamW ? (float)(1 - learningRate * weightDecay) : 1,
        GradientDecay: kind == OptimizerKind.Adam ? (float)weightDecay : 0);
}
