using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// Makes <see cref="ManagedStack"/>s from layers that compute there. Layers that do nothing in prediction are left out.
/// </summary>
internal sealed class ManagedCompiler
{
    private readonly List<ManagedStep> _before = [];
    private readonly List<(PackedLinear Linear, List<ManagedStep> Behind)> _linears = [];
    private readonly int _labels;

    /// <summary>The last linear layer, as long as a normalization may still be folded into it.</summary>
    private (float[] Weight, float[] Bias)? _open;

    private ManagedCompiler(int labels) => _labels = labels;

    /// <summary>Whether every layer is one that computes in managed memory.</summary>
    /// <param name="stack">The layers.</param>
    /// <param name="labels">Numbers of the one-hot label appended to a row, K; then the first layer to compute
    /// has to be linear.</param>
    public static bool Supports(LayerStack stack, int labels) =>
        stack.Layers.Zip(stack.LayerInputs).All(layer => layer.First switch
        {
            LinearLayer or ActivationLayer or DropoutLayer or ReshapeLayer => true,
            BatchNormLayer or LayerNormLayer => layer.Second.IsVector,
            _ => false,
        })
        && (labels == 0
            || stack.Layers.FirstOrDefault(layer => layer is not (DropoutLayer or ReshapeLayer)) is LinearLayer);

    /// <summary>Numbers that the weights of linear layers take as they are laid out here.</summary>
    public static long PackedNumbers(LayerStack stack) => stack.Layers.Zip(stack.LayerInputs)
        .Where(layer => layer.First is LinearLayer)
        .Sum(layer => PackedLinear.StrideOf(((LinearLayer)layer.First).Outputs) * layer.Second.Count);

    /// <param name="stack">Layers that are supported.</param>
    /// <param name="prefix">The prefix of the names of their numbers.</param>
    /// <param name="labels">Numbers of the one-hot label appended to a row, K.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="count">How many of the layers, from the first on.</param>
    public static ManagedStack Compile(LayerStack stack, string prefix, int labels, ModelNumbers numbers, int count)
    {
        var compiler = new ManagedCompiler(labels);
        for (int i = 0; i < count; i++)
            compiler.Add(stack.Layers[i], name => numbers[$"{prefix}.{i}.{name}"]);
        compiler.Close();
        return new ManagedStack((int)stack.InputShape.Count - labels, (int)stack.OutputShape.Count,
            [.. compiler._before],
            [.. compiler._linears.Select(linear => (linear.Linear, linear.Behind.ToArray()))]);
    }

    private void Add(Layer layer, Func<string, float[]> find)
    {
        switch (layer)
        {
            case LinearLayer:
                Close();
                _open = (find("weight"), find("bias"));
                break;
            case BatchNormLayer when _open is { } linear:
                _open = BatchNormFold.Into(linear.Weight, linear.Bias, BatchNormFold.Of(find));
                break;
            case BatchNormLayer:
                (float[] scale, float[] shift) = BatchNormFold.Of(find);
                Add(new AffineStep(scale, shift));
                break;
            case LayerNormLayer:
                Add(new LayerNormStep(find("weight"), find("bias")));
                break;
            case ActivationLayer activation:
                Add(new ActivationStep(activation.Function));
                break;
        }
    }

    private void Add(ManagedStep step)
    {
        Close();
        (_linears is [.., var last] ? last.Behind : _before).Add(step);
    }

    private void Close()
    {
        if (_open is not { } linear)
            return;
        _linears.Add((new PackedLinear(linear.Weight, linear.Bias, _linears.Count == 0 ? _labels : 0), []));
        _open = null;
    }
}
