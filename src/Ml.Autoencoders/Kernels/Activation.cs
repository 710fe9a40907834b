namespace Ml.Autoencoders;

/// <summary>A non-linear function applied to every number of a layer's output.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x where positive, 0.01 x elsewhere.</summary>
    LeakyRelu,

    /// <summary>x where positive, exp(x) - 1 elsewhere (Clevert et al. 2015).</summary>
    Elu,

    /// <summary>x Φ(x), Φ the standard normal distribution function (Hendrycks and Gimpel 2016).</summary>
    Gelu,

    /// <summary>x sigmoid(x) (Elfwing et al. 2017).</summary>
    Silu,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,
}
