using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>The way back from a loss to the weights, past functions in managed code.</summary>
/// <remarks>
/// Torch calls these functions from native code, which an exception must not pass through: it would end the process. So
/// what one of them throws, for lack of memory say, is kept until the pass is over. On a processor torch goes back on
/// the thread that asked for it.
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
    /// For a function's backward: the gradients for so many arguments. Where they cannot be had all are null,
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
            // What follows from it on the way back says less.
            _failure ??= ExceptionDispatchInfo.Capture(error);
            return [.. Enumerable.Repeat<Tensor>(null!, count)];
        }
    }
}
