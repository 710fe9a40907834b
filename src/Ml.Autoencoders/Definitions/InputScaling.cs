namespace Ml.Autoencoders;

/// <summary>How slots are brought to a common scale before the network, and back after it.</summary>
/// <remarks>Learned in the fit from the training rows, slot by slot, undone in the reconstruction, and saved with the
/// model. A slot that is constant in training is moved to 0 and not stretched.</remarks>
public enum InputScaling
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>Each slot's least training value to 0 and its greatest to 1.</summary>
    MinMax,

    /// <summary>Each slot to mean 0 and (population) standard deviation 1 over the training rows.</summary>
    Standardize,
}
