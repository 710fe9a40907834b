using Microsoft.ML;

namespace Digits;

/// <summary>A way to turn pixels into codes that is measured: a fitted stage, and what it came to.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Stage">Adds the column <c>Code</c>.</param>
/// <param name="Classifier">Reads the digit from the code.</param>
/// <param name="ReconstructionError">Mean squared error of the test digits' pixels.</param>
/// <param name="Accuracy">Micro-accuracy of the classifier on the test digits.</param>
/// <param name="FitTime">Of the stage alone.</param>
/// <param name="TransformTime">Of the test digits through the stage.</param>
internal sealed record Candidate(string Name, ITransformer Stage, ITransformer Classifier,
    double ReconstructionError, double Accuracy, TimeSpan FitTime, TimeSpan TransformTime);
