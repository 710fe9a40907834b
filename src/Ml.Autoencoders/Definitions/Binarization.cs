namespace Ml.Autoencoders;

/// <summary>Whether a fit turns gray values into zeros and ones.</summary>
public enum Binarization
{
    /// <summary>Rows stay as they are.</summary>
    None,

    /// <summary>Each slot is drawn anew in each epoch: 1 with its value as probability, else 0 (Salakhutdinov and
    /// Murray 2008, "On the Quantitative Analysis of Deep Belief Networks"). The model is one of zeros and ones, whose
    /// probabilities can be compared.</summary>
    Dynamic,
}
