using System.Runtime.InteropServices;
using Ml.Autoencoders.Models;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>What turns one vector column into new columns, any number of rows at a time.</summary>
internal abstract class VectorMapping(AutoencoderModel model)
{
    private const int MostRows = 512;

    /// <summary>16 MiB of input, or of an output.</summary>
    private const int MostNumbers = 1 << 22;

    /// <summary>The column that is read.</summary>
    public abstract string InputName { get; }

    /// <summary>Numbers a row in it.</summary>
    public abstract int InputSize { get; }

    /// <summary>The columns that are added.</summary>
    public abstract IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>How many rows to map at once: beyond the most, a processor gains nothing; wide rows bound the memory.</summary>
    public int BatchRows => Math.Clamp(MostNumbers / Math.Max(InputSize, Outputs.Max(output => output.Size)), 1, MostRows);

    protected AutoencoderModel Model => model;

    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void RequireAlive() => model.RequireAlive();

    /// <summary>
    /// Maps rows that lie one behind the other in <paramref name="input"/>, and writes each wanted output the same way.
    /// </summary>
    /// <param name="input">At least <paramref name="count"/> rows of <see cref="InputSize"/> numbers.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="outputs">A buffer of count times the output's size for each output; null for one that nobody reads.</param>
    public void Map(float[] input, int count, IReadOnlyList<float[]?> outputs)
    {
        using AutoencoderModel.Lease lease = model.Use();
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        // In torch's own memory, which is aligned: where managed memory lies differs from call to call, and the last bits
        // of a matrix product depend on it.
        Tensor rows = empty([count, InputSize], dtype: ScalarType.Float32, device: CPU);
        MemoryMarshal.AsBytes(input.AsSpan(0, count * InputSize)).CopyTo(rows.bytes);
        IReadOnlyList<Tensor?> results = Compute(rows.to(model.Device), [.. outputs.Select(buffer => buffer is not null)]);
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is { } buffer)
                results[i]!.cpu().contiguous().data<float>().CopyTo(buffer.AsSpan(0, count * Outputs[i].Size));
        }
    }

    /// <summary>Rows <c>[B, InputSize]</c> to one tensor for each wanted output.</summary>
    protected abstract IReadOnlyList<Tensor?> Compute(Tensor rows, bool[] wanted);
}
