namespace Ml.Autoencoders;

/// <summary>What a recurrent layer computes at each step from the numbers of the step and its own state.</summary>
public enum RecurrentCell
{
    /// <summary>
    /// A long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000):
    /// c' = s(f) c + s(i) tanh(g), h' = s(o) tanh(c'), with s(x) = 1 / (1 + e^-x) and i, f, g and o linear in the
    /// numbers of the step and in h.
    /// </summary>
    Lstm,

    /// <summary>
    /// A gated recurrent unit (Cho et al. 2014), in the form of cuDNN and PyTorch: n = tanh(a + s(r) b),
    /// h' = (1 - s(z)) n + s(z) h, with r and z linear in the numbers of the step and in h, a in the first, b in the
    /// second. Three quarters of the weights of an LSTM.
    /// </summary>
    Gru,
}
