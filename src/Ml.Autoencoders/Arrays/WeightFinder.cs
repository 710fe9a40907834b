namespace Ml.Autoencoders.Arrays;

/// <summary>A model's own numbers of a name, in a back end.</summary>
/// <param name="name">The name in the model file.</param>
/// <param name="shape">Their sizes.</param>
internal delegate T WeightFinder<T>(string name, params long[] shape);
