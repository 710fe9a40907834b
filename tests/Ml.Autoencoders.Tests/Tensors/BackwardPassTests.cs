using Ml.Autoencoders.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Ml.Autoencoders.Tests.Tensors;

internal sealed class BackwardPassTests : TensorTests
{
    // Behind another function on the way back, which then gets no gradient, and in front of one.
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public void What_a_function_throws_reaches_the_caller_and_the_next_pass_works(bool firstFails, bool lastFails)
    {
        using var weights = new Parameter(ones(3));

        Assert.That(() => BackwardPass.Run(Doubled.apply(Doubled.apply(weights, firstFails).exp(), lastFails).sum()),
            Throws.InvalidOperationException.With.Message.EqualTo("No room for gradients."));

        weights.grad = null;
        BackwardPass.Run(Doubled.apply(weights, false).sum());
        Assert.That(weights.grad!.Floats(), Is.All.EqualTo(2));
    }

    [Test]
    public void What_failed_in_a_pass_that_nobody_watched_is_not_thrown_in_the_next()
    {
        using var weights = new Parameter(ones(3));
        Doubled.apply(weights, true).sum().backward();

        BackwardPass.Run(Doubled.apply(weights, false).sum());

        Assert.That(weights.grad!.Floats(), Is.All.EqualTo(2));
    }

    private sealed class Doubled : SingleTensorFunction<Doubled>
    {
        public override string Name => nameof(Doubled);

        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("fails", vars[1]);
            return (Tensor)vars[0] * 2;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
            BackwardPass.Gradients(2, () =>
            (bool)ctx.get_data("fails")
                ? throw new InvalidOperationException("No room for gradients.") : [grad_output * 2, null!]);
    }
}
