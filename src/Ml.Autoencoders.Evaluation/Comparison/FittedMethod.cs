using Microsoft.ML;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A way to make codes that has learned from the training rows.</summary>
internal abstract class FittedMethod : IDisposable
{
    /// <summary>Bytes, when saved.</summary>
    public abstract long ModelSize { get; }

    /// <summary>What the method gives besides codes; null where that is nothing.</summary>
    public virtual StageOutput? Others => null;

    /// <summary>The codes of a data view's rows.</summary>
    public abstract float[][] Encode(IDataView rows);

    /// <summary>What it gives besides codes, of a data view's rows.</summary>
    public virtual float[][] EncodeOthers(IDataView rows) =>
        throw new NotSupportedException("The method gives nothing but codes.");

    /// <summary>The rows that the codes of a data view's rows stand for.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="codes">Their codes.</param>
    public abstract float[][] Reconstruct(IDataView rows, float[][] codes);

    /// <summary>Frees native memory, where there is any.</summary>
    public abstract void Dispose();
}
