using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Moves tensors between devices.</summary>
internal static class DeviceCopy
{
    /// <summary>
    /// The tensor on a device; itself where it is there already. On the way to a GPU it passes through
    /// memory that the system does not move, from which the GPU fetches it while the CPU continues.
    /// Torch keeps that memory until then.
    /// </summary>
    /// <remarks>None of this has been run on a GPU yet.</remarks>
    public static Tensor SendTo(this Tensor tensor, Device device)
    {
        if (device.type != DeviceType.CUDA || tensor.device_type != DeviceType.CPU)
            return tensor.to(device);
        using Tensor pinned = tensor.pin_memory();
        return pinned.to(device, non_blocking: true);
    }
}
