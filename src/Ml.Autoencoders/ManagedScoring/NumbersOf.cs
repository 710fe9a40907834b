namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The numbers of a layer of a stack.</summary>
/// <param name="layer">Its index.</param>
/// <param name="name">Their name in the layer.</param>
internal delegate float[] NumbersOf(int layer, string name);
