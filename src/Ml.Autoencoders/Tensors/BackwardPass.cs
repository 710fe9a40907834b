using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>The backward pass from a loss to the weights, through functions in managed code.</summary>
/// <remarks>
/// Torch calls these functions from native code, which an exception must not pass through: it would end the process. So
/// what one of them throws, for lack of memory say, is kept until the pass is over. On a CPU torch runs the pass on
/// the calling thread.
/// </remarks>
internal static class BackwardPass
{
    [ThreadStatic]
    private static ExceptionDispatchInfo? _failure;

    /// <summary>
    /// Writes the gradients of a loss, a scalar, to the weights; throws what a function threw in
    /// <see cref="Gradients"/>.
    /// </summary>
    public static void Run(Tensor loss)
    {
        _failure = null;
        loss.backward();
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    /// <summary>
    /// For a function's backward: the gradients for so many arguments. Where they cannot be computed all are null,
    /// which torch takes for zeros.
    /// </summary>
    public static List<Tensor> Gradients(int count, Func<List<Tensor>> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception error)
        {
            // The failures that follow from it say less.
            _failure ??= ExceptionDispatchInfo.Capture(error);
            return [.. Enumerable.Repeat<Tensor>(null!, count)];
        }
    }
}
