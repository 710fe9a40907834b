using Microsoft.ML.Runtime;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Estimators;

/// <summary>The device of a stage: the one that an option names, or else the context's.</summary>
internal static class HostDevice
{
    /// <exception cref="InvalidOperationException">The GPU is not available and the CPU may not be used instead, or
    /// torch does not load.</exception>
    public static Device Resolve(IHostEnvironment environment, IChannel channel, ComputeDevice? option = null)
    {
        var context = (IHostEnvironmentInternal)environment;
        ComputeDevice wish = option ?? ComputeDevice.FromContext(context.GpuDeviceId, context.FallbackToCpu);
        Device device = DeviceChoice.Resolve(wish);
        if (wish.GpuIndex is { } index && device.type == TorchSharp.DeviceType.CPU)
            channel.Warning($"GPU {index} was requested and is not available; the CPU is used instead.");
        return device;
    }
}
