using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>The numbers of a float32 tensor, row by row.</summary>
internal static class TensorMemory
{
    /// <summary>How many of them a span can hold.</summary>
    public const int Most = int.MaxValue / sizeof(float);

    extension(Tensor tensor)
    {
        /// <summary>Whether they can be read where they lie, once the tensor is contiguous.</summary>
        public bool HasNumbers =>
            tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32
                && tensor.NumberOfElements <= Most;

        /// <summary>
        /// Where they lie: of a contiguous tensor on the CPU, which has to live as long, and of no more than 2 GiB.
        /// </summary>
        public Span<float> Numbers => MemoryMarshal.Cast<byte, float>(tensor.bytes);

        /// <summary>A copy of them in managed memory, from whichever device and order.</summary>
        public float[] ToNumbers()
        {
            using var scope = NewDisposeScope();
            return tensor.detach().cpu().contiguous().data<float>().ToArray();
        }
    }
}
