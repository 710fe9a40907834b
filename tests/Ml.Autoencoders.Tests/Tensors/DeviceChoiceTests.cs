using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

internal sealed class DeviceChoiceTests
{
    [TestCase(0)]
    [TestCase(2)]
    public void The_processor_is_there_whatever_else_is(int gpus) =>
        Assert.That(DeviceChoice.Resolve(ComputeDevice.Cpu, gpus).type, Is.EqualTo(DeviceType.CPU));

    [Test]
    public void A_gpu_that_is_there_is_taken()
    {
        Device device = DeviceChoice.Resolve(ComputeDevice.Gpu(1), gpus: 2);

        Assert.That((device.type, device.index), Is.EqualTo((DeviceType.CUDA, 1)));
    }

    [Test]
    public void The_best_is_the_first_gpu_and_otherwise_the_processor()
    {
        Device best = DeviceChoice.Resolve(ComputeDevice.Best, gpus: 2);

        Assert.Multiple(() =>
        {
            Assert.That((best.type, best.index), Is.EqualTo((DeviceType.CUDA, 0)));
            Assert.That(DeviceChoice.Resolve(ComputeDevice.Best, gpus: 0).type, Is.EqualTo(DeviceType.CPU));
        });
    }

    [Test]
    public void The_processor_stands_in_where_it_may() =>
        Assert.That(DeviceChoice.Resolve(ComputeDevice.Gpu(2, fallbackToCpu: true), gpus: 2).type,
            Is.EqualTo(DeviceType.CPU));

    [TestCase(0, 0)]
    [TestCase(2, 1)]
    public void A_gpu_that_is_not_there_is_an_error_elsewhere(int index, int gpus) =>
        Assert.That(() => DeviceChoice.Resolve(ComputeDevice.Gpu(index), gpus),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"GPU {index} was asked for, and torch finds {gpus}. Reference a CUDA build of torch " +
            "(TorchSharp-cuda-windows or TorchSharp-cuda-linux) instead of a CPU one and check the driver, or let " +
            "the processor stand in: mlContext.FallbackToCpu = true, or ComputeDevice.Gpu(index, fallbackToCpu: " +
            "true)."));

    [TestCase(null, false, null)]
    [TestCase(null, true, null)]
    [TestCase(1, true, 1)]
    [TestCase(1, false, 1)]
    public void The_wish_of_a_context_is_kept(int? gpuDeviceId, bool fallbackToCpu, int? index)
    {
        ComputeDevice wish = ComputeDevice.FromContext(gpuDeviceId, fallbackToCpu);

        Assert.That((wish.GpuIndex, wish.FallbackToCpu), Is.EqualTo((index, fallbackToCpu)));
    }

    [Test]
    public void A_negative_gpu_is_refused() =>
        Assert.That(() => ComputeDevice.Gpu(-1), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo("ComputeDevice.Gpu: index is -1; it must be at least 0. (Parameter 'index')"));
}
