using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Turns a wish for a device into one that is there.</summary>
internal static class DeviceChoice
{
    public static Device Resolve(ComputeDevice wish)
    {
        TorchLibrary.Load();
        // CUDA is asked about only when it is wanted: asking starts it.
        int gpus = wish.GpuIndex is not null && cuda.is_available() ? cuda.device_count() : 0;
        return Resolve(wish, gpus);
    }

    /// <exception cref="InvalidOperationException">The GPU is not there and the processor may not stand in.</exception>
    public static Device Resolve(ComputeDevice wish, int gpus)
    {
        if (wish.GpuIndex is not { } index)
            return CPU;
        if (index < gpus)
            return new Device(DeviceType.CUDA, index);
        if (wish.FallbackToCpu)
            return CPU;
        throw new InvalidOperationException(
            $"GPU {index} was asked for, and torch sees {gpus}. Reference a CUDA build of torch (TorchSharp-cuda-windows or " +
            "TorchSharp-cuda-linux) instead of a CPU one and check the driver, or let the processor stand in: " +
            "mlContext.FallbackToCpu = true, or ComputeDevice.Gpu(index, fallbackToCpu: true).");
    }
}
