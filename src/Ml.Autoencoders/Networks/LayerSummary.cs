namespace Ml.Autoencoders;

/// <summary>One line of a <see cref="NetworkSummary"/>.</summary>
public sealed class LayerSummary
{
    internal LayerSummary(string part, string layer, string outputShape, long parameterCount)
    {
        Part = part;
        Layer = layer;
        OutputShape = outputShape;
        ParameterCount = parameterCount;
    }

    /// <summary><c>encoder</c> or <c>decoder</c>.</summary>
    public string Part { get; }

    /// <summary>The layer and its settings: <c>Linear(128)</c>.</summary>
    public string Layer { get; }

    /// <summary>
    /// The shape of a row after the layer: <c>128</c>, or channels x height x width: <c>16 x 14 x 14</c>, or channels x
    /// steps: <c>16 x 70</c>.
    /// </summary>
    public string OutputShape { get; }

    /// <summary>Numbers that the layer learns.</summary>
    public long ParameterCount { get; }
}
