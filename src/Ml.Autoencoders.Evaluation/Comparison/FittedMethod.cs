using Microsoft.ML;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A way to make codes that has learned from the training rows.</summary>
internal abstract class FittedMethod : IDisposable
{
    /// <summary>Bytes, when saved.</summary>
    public abstract long ModelSize { get; }

    /// <summary>The codes of a data view's rows.</summary>
    public abstract float[][] Encode(IDataView rows);

    /// <summary>The rows that the codes of a data view's rows stand for.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="codes">Their codes.</param>
    public abstract float[][] Reconstruct(IDataView rows, float[][] codes);

    /// <summary>Frees native memory, where there is any.</summary>
    public abstract void Dispose();
}
