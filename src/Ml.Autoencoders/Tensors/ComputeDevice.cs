namespace Ml.Autoencoders;

/// <summary>The device that an autoencoder is asked to train and predict on.</summary>
/// <remarks>
/// Without this option the context decides, as for ML.NET's own components: <c>mlContext.GpuDeviceId</c> (null is the
/// CPU) and <c>mlContext.FallbackToCpu</c>. The device is not saved with a model: a loaded one asks its context.
/// </remarks>
public sealed class ComputeDevice : IByValue
{
    private ComputeDevice(int? gpuIndex, bool fallbackToCpu)
    {
        GpuIndex = gpuIndex;
        FallbackToCpu = fallbackToCpu;
    }

    /// <summary>The CPU.</summary>
    public static ComputeDevice Cpu { get; } = new(null, true);

    /// <summary>The first GPU where there is one, the CPU otherwise.</summary>
    public static ComputeDevice Best { get; } = new(0, true);

    IReadOnlyList<object?> IByValue.Values => [GpuIndex, FallbackToCpu];

    /// <summary>The GPU asked for; null for the CPU.</summary>
    public int? GpuIndex { get; }

    /// <summary>Whether the CPU may stand in for a GPU that is not there.</summary>
    public bool FallbackToCpu { get; }

    /// <summary>A CUDA GPU.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="fallbackToCpu">Whether the CPU may stand in where there is no such GPU; otherwise
    /// that is an error.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static ComputeDevice Gpu(int index = 0, bool fallbackToCpu = false)
    {
        Require.AtLeast(index, 0, "ComputeDevice.Gpu", nameof(index));
        return new ComputeDevice(index, fallbackToCpu);
    }

    /// <summary>Whether both ask for the same device.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(ComputeDevice? left, ComputeDevice? right) => ByValue.Same(left, right);

    /// <summary>Whether they ask for different devices.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(ComputeDevice? left, ComputeDevice? right) => !(left == right);

    /// <summary>Whether the other asks for the same device.</summary>
    /// <param name="obj">The other.</param>
    public override bool Equals(object? obj) => ByValue.Same(this, obj as ComputeDevice);

    /// <summary>The same number for all that are equal.</summary>
    public override int GetHashCode() => ByValue.Hash(this);

    /// <summary>The device.</summary>
    public override string ToString() => GpuIndex is not { } gpu
        ? "CPU"
        : FormattableString.Invariant($"GPU {gpu}{(FallbackToCpu ? ", or the CPU" : "")}");

    internal static ComputeDevice FromContext(int? gpuDeviceId, bool fallbackToCpu) => new(gpuDeviceId, fallbackToCpu);
}
