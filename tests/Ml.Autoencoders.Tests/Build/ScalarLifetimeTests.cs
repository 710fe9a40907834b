using System.Reflection;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>
/// The banned symbols of the library's project are those that formulas are written with. TorchSharp makes Scalars in
/// more places, and compound assignments pass the analyzer: the compiled code tells all.
/// </summary>
internal sealed class ScalarLifetimeTests
{
    private static readonly HashSet<MethodBase> Unsafe = MakersOfScalars();

    [Test]
    public void No_compiled_method_but_the_scalar_operations_has_a_scalar_made()
    {
        IEnumerable<string> found =
            from method in CompiledCalls.Of(typeof(AutoencoderTransformer).Assembly)
            where !method.Key.DeclaringType!.FullName!.StartsWith(typeof(ScalarOperations).FullName!,
                StringComparison.Ordinal)
            from called in method.Value
            where Unsafe.Contains(called)
            // It makes one of an argument that is a number, and is given tensors.
            where method.Key.DeclaringType != typeof(TorchRecurrence) || called.Name != "invoke"
            select $"{method.Key.DeclaringType}.{method.Key.Name} calls {called.DeclaringType}.{called}";
        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Operators_and_methods_that_make_scalars_are_known()
    {
        Type tensor = typeof(Tensor);
        Assert.Multiple(() =>
        {
            Assert.That(Unsafe, Does.Contain(tensor.GetMethod("op_Multiply", [tensor, typeof(double)])));
            Assert.That(Unsafe, Does.Contain(tensor.GetMethod("op_Addition", [tensor, tensor])));
            Assert.That(Unsafe, Does.Contain(tensor.GetMethod(nameof(Tensor.square), [])));
            Assert.That(Unsafe, Does.Contain(typeof(Scalar).GetMethod("op_Implicit", [typeof(float)])));
            Assert.That(Unsafe, Does.Not.Contain(tensor.GetMethod("op_Multiply", [tensor, tensor])));
            Assert.That(Unsafe, Does.Not.Contain(tensor.GetMethod(nameof(Tensor.mul), [typeof(Scalar)])));
        });
    }

    /// <summary>The methods of TorchSharp that make a Scalar, and those that call them, however deep.</summary>
    private static HashSet<MethodBase> MakersOfScalars()
    {
        ILookup<MethodBase, MethodBase> callers = CompiledCalls.Of(typeof(Tensor).Assembly)
            .SelectMany(method => method.Value.Select(called => (called, Caller: method.Key)))
            .ToLookup(call => call.called, call => call.Caller);
        var makers = new HashSet<MethodBase>();
        var next = new Queue<MethodBase>(typeof(Scalar)
            .GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance));
        while (next.TryDequeue(out MethodBase? maker))
        {
            foreach (MethodBase caller in callers[maker].Where(makers.Add))
                next.Enqueue(caller);
        }
        return makers;
    }
}
