using Microsoft.ML.Runtime;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Estimators;

/// <summary>The device of a stage: what an option says, or else what the context says.</summary>
internal static class HostDevice
{
    /// <exception cref="InvalidOperationException">The GPU is not there and the processor may not stand in, or torch
    /// does not load.</exception>
    public static Device Resolve(IHostEnvironment environment, IChannel channel, ComputeDevice? option = null)
    {
        var context = (IHostEnvironmentInternal)environment;
        ComputeDevice wish = option ?? ComputeDevice.FromContext(context.GpuDeviceId, context.FallbackToCpu);
        Device device = DeviceChoice.Resolve(wish);
        if (wish.GpuIndex is { } index && device.type == TorchSharp.DeviceType.CPU)
            channel.Warning($"GPU {index} was asked for and is not there; the processor stands in.");
        return device;
    }
}
