namespace Ml.Autoencoders;

/// <summary>The rule by which gradients move weights.</summary>
public enum OptimizerKind
{
    /// <summary>
    /// Adam (Kingma and Ba 2014), β₁ = 0.9, β₂ = 0.999, ε = 1e-8. Weight decay is added to the gradient.
    /// </summary>
    Adam,

    /// <summary>AdamW (Loshchilov and Hutter 2017): Adam whose weight decay shrinks the weights directly.</summary>
    AdamW,
}
