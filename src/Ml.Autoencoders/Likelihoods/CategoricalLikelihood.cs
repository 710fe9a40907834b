using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// A key at each of T steps, each a categorical variable whose log-odds the decoder gives, step by step: p(x_t = k|z) =
/// e^l_tk / Σ_j e^l_tj. The error of a step is -ln p of its key in nats, and 0 where the key is missing (0); ln p(x|z)
/// is minus the sum over the steps that are there (Roberts et al. 2018, "A Hierarchical Latent Vector Model for
/// Learning Long-Term Structure in Music", section 2.1).
/// </summary>
/// <param name="Steps">Keys of a row, T.</param>
/// <param name="Classes">Different keys, V.</param>
internal sealed record CategoricalLikelihood(int Steps, int Classes) : Likelihood
{
    [JsonIgnore]
    public override bool NeedsUnitInterval => false;

    public override void Check(Place place) => TokenFormat.Check(Steps, Classes, place);

    /// <summary>The likeliest key of each step: <c>[B, T V]</c> to <c>[B, T]</c>.</summary>
    public override T ReconstructionOf<T>(T output) =>
        output.Reshape(-1, Classes).ArgMax(-1).AsNumbers().Reshape(-1, Steps) + 1;

    public override Span<float> ReconstructionOf(Span<float> output)
    {
        // No key is likeliest where nothing is known.
        if (output.ContainsAnyExceptInRange(float.NegativeInfinity, float.PositiveInfinity))
        {
            output[..Steps].Clear();
            return output[..Steps];
        }
        for (int step = 0; step < Steps; step++)
            output[step] = TensorPrimitives.IndexOfMax<float>(output.Slice(step * Classes, Classes)) + 1;
        return output[..Steps];
    }

    /// <summary>Keys <c>[B, T]</c>, and outputs <c>[B, T V]</c> or, for several codes of each row, <c>[S, B, T V]</c>,
    /// to <c>[..., T]</c>.</summary>
    public override T SlotErrors<T>(T target, T output) => (output.Rank == 2
        ? output.Reshape(-1, Steps, Classes)
        : output.Reshape(output.Size(0), -1, Steps, Classes)).CrossEntropyOfClasses(target);

    public override void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors)
    {
        for (int step = 0; step < target.Length; step++)
        {
            int key = (int)target[step];
            errors[step] = key == 0 ? 0 : Surprise(output.Slice(step * Classes, Classes), key);
        }
    }

    /// <summary>A key that is missing is 0.</summary>
    public override GappedRows<T> Gapped<T>(T rows, bool mayHaveGaps) => new(rows, rows.IsBelow(0.5));

    public override T LogProbability<T>(T rowError, long size, WeightFinder<T> find) => rowError * -size;

    /// <summary>The error of a key, averaged over those that are there, where at each step the classes are always said
    /// to be as likely as they are often there.</summary>
    public override double ErrorOfMean(Tensor rows)
    {
        using var scope = NewDisposeScope();
        Tensor errors = ErrorsOfShares(rows);
        return (errors.sum() / rows.IsNot(0).sum().AtLeast(1)).item<float>();
    }

    public override double RowErrorOfMean(Tensor rows)
    {
        using var scope = NewDisposeScope();
        Tensor errors = ErrorsOfShares(rows);
        return (errors.sum([1]) / rows.IsNot(0).sum([1]).AtLeast(1)).mean().item<float>();
    }

    /// <summary>-ln of the share of each key at its step, <c>[N, T]</c>; 0 where it is missing.</summary>
    private Tensor ErrorsOfShares(Tensor rows)
    {
        using IDisposable noGrad = no_grad();
        // Each key at each step has a place: [N, T].
        float[] starts = [.. Enumerable.Range(0, Steps).Select(step => (float)step)];
        Tensor steps = tensor(starts, device: rows.device).to(ScalarType.Float64).Times(Classes + 1);
        Tensor places = rows.to(ScalarType.Float64).Plus(steps).to(ScalarType.Int64);
        Tensor counts = places.flatten().bincount(null, minlength: Steps * (Classes + 1L)).to(ScalarType.Float64)
            .reshape(Steps, Classes + 1);
        Tensor known = counts.narrow(1, 1, Classes);
        Tensor errors = (known / known.sum([1], keepdim: true).AtLeast(1)).log().neg();
        Tensor table = cat([zeros_like(counts.narrow(1, 0, 1)), errors], 1).flatten();
        return table.index_select(0, places.flatten()).reshape(rows.shape).to(ScalarType.Float32);
    }

    /// <summary>-ln p of a key, ln Σ e^(l - m) + m - l, with m the greatest l: nothing overflows.</summary>
    private static float Surprise(ReadOnlySpan<float> logits, int key)
    {
        float most = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - most);
        return (float)(Math.Log(sum) + most - logits[key - 1]);
    }
}
