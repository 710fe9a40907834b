namespace Ml.Autoencoders.Arrays;

/// <summary>
/// As <see cref="IArithmetic{T}"/>, with the functions of activations and of log-odds. Each back end is a table of what
/// computes them there: <see cref="TorchArray"/>, <see cref="OnnxArray"/>, and <see cref="Lanes"/> for rows in managed
/// memory.
/// </summary>
internal interface IElementwise<T> : IArithmetic<T> where T : IElementwise<T>
{
    /// <summary>max(0, x).</summary>
    T Relu();

    /// <summary>x where positive, slope x elsewhere.</summary>
    T LeakyRelu(double slope);

    /// <summary>x where positive, e^x - 1 elsewhere.</summary>
    T Elu(ForwardMode mode);

    /// <summary>x Φ(x) with Φ(x) = (1 + erf(x / √2)) / 2.</summary>
    T Gelu();

    T Tanh();

    /// <summary>s(x) = 1 / (1 + e^-x).</summary>
    T Sigmoid(ForwardMode mode);

    /// <summary>x s(x).</summary>
    T Silu(ForwardMode mode);

    /// <summary>
    /// -(x ln s(l) + (1 - x) ln(1 - s(l))) of these log-odds l and a target x, computed as max(l, 0) - x l + ln(1 +
    /// e^-|l|), which neither overflows nor rounds to 0 (Bishop 2006, "Pattern Recognition and Machine Learning",
    /// equation 4.90).
    /// </summary>
    T CrossEntropyWithLogits(T target);
}
