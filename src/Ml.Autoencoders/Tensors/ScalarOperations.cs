using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>
/// Operations between a tensor and a number, and those that TorchSharp itself hands a number to.
/// </summary>
/// <remarks>
/// TorchSharp puts the number into native memory that a <see cref="Scalar"/> owns, and forgets the Scalar before torch
/// has read it: a garbage collection on any other thread may free it first. Here it lives until torch is done.
/// </remarks>
internal static class ScalarOperations
{
    private static readonly Scalar One = 1.ToScalar();
    private static readonly Scalar Two = 2.ToScalar();

    extension(Tensor left)
    {
        /// <summary>The operator would scale <paramref name="right"/> by a Scalar of 1.</summary>
        public Tensor Plus(Tensor right) => left.add(right, One);

        public Tensor Plus(double right) => With(right, scalar => left.add(scalar, One));

        public Tensor Minus(double right) => With(right, left.sub);

        public Tensor Times(double right) => With(right, left.mul);

        public Tensor Over(double right) => With(right, scalar => left.div(scalar));

        public Tensor Squared() => left.pow(Two);

        public Tensor AtLeast(double least) => With(least, left.clamp_min);

        public Tensor IsBelow(double bound) => With(bound, left.lt);

        public Tensor IsAbove(double bound) => With(bound, left.gt);

        public Tensor IsNot(double number) => With(number, left.ne);

        /// <summary>A copy with <paramref name="number"/> where the mask is true.</summary>
        public Tensor Masked(Tensor mask, double number) => With(number, scalar => left.masked_fill(mask, scalar));

        public Tensor LeakyRelu(double slope) => With(slope, left.leaky_relu);

        public Tensor Elu() => left.elu(One, One, One);

        public Tensor PlusInPlace(Tensor right) => left.add_(right, One);

        public Tensor TimesInPlace(double right) => With(right, left.mul_);

        /// <summary>Adds each row of <paramref name="source"/> to the row that its index names.</summary>
        public Tensor IndexAddInPlace(Tensor indices, Tensor source) => left.index_add_(0, indices, source, One);

        public Tensor FillInPlace(double number) => With(number, left.fill_);

        public Tensor MaskInPlace(Tensor mask, double number) =>
            With(number, scalar => left.masked_fill_(mask, scalar));

        public Tensor Clamped(double least, double most) =>
            With(least, low => With(most, high => left.clamp(low, high)));

        public Tensor ClampInPlace(double least, double most) =>
            With(least, low => With(most, high => left.clamp_(low, high)));
    }

    private static Tensor With(double number, Func<Scalar, Tensor> operation)
    {
        using Scalar scalar = number.ToScalar();
        return operation(scalar);
    }
}
