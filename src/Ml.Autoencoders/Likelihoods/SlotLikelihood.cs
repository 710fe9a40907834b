using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>A likelihood with the formula of its slots' errors.</summary>
/// <typeparam name="TError">Of an output and a target.</typeparam>
internal abstract record SlotLikelihood<TError> : Likelihood where TError : struct, IBinaryFunction
{
    public sealed override T SlotErrors<T>(T target, T output) => default(TError).Of(output, target);

    public sealed override void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors)
    {
        output.CopyTo(errors);
        Elementwise.Apply(errors, target, default(TError));
    }
}
