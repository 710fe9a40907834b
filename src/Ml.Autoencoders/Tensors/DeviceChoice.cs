using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Turns a requested device into one that is there.</summary>
internal static class DeviceChoice
{
    /// <summary>Torch's own field for it cannot be read without the native library.</summary>
    private static readonly Device Processor = new(DeviceType.CPU);

    /// <summary>Torch's native library is loaded only where a GPU is asked for.</summary>
    public static Device Resolve(ComputeDevice wish)
    {
        if (wish.GpuIndex is null)
            return Processor;
        TorchLibrary.Load();
        // CUDA is asked about only when it is wanted: asking starts it.
        int gpus = cuda.is_available() ? cuda.device_count() : 0;
        return Resolve(wish, gpus);
    }

    /// <exception cref="InvalidOperationException">The GPU is not there and the CPU may not stand in.</exception>
    public static Device Resolve(ComputeDevice wish, int gpus)
    {
        if (wish.GpuIndex is not { } index)
            return Processor;
        if (index < gpus)
            return new Device(DeviceType.CUDA, index);
        if (wish.FallbackToCpu)
            return Processor;
        throw new InvalidOperationException(
            $"GPU {index} was asked for, and torch finds {gpus}. Reference a CUDA build of torch " +
            "(TorchSharp-cuda-windows or TorchSharp-cuda-linux) instead of a CPU one and check the driver, or let " +
            "the processor stand in: mlContext.FallbackToCpu = true, or ComputeDevice.Gpu(index, fallbackToCpu: " +
            "true).");
    }
}
