using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders;

/// <content>How likely rows are.</content>
public sealed partial class AutoencoderTransformer
{
    /// <summary>
    /// ln p(x) of each row in nats, by importance sampling with draws from q(z|x); for families whose codes are random
    /// variables. The mean over unseen rows is the test log-likelihood. It is estimated from below, and more closely
    /// with more draws (Burda et al. 2016, theorem 1). Memory does not grow with their number.
    /// </summary>
    /// <remarks><para>Stages before this one in a pipeline are not run: the data view has to be their output, for
    /// example <c>model.Transform(data)</c> of the whole model.</para>
    /// <para>A model of <see cref="AutoencoderModelOptions.Binarization"/> measures zeros and ones: each row is
    /// drawn once, from the seed of the fit and the row's id, whatever <paramref name="seed"/> is.</para></remarks>
    /// <param name="data">A data view with the input column, and the condition's where there is one.</param>
    /// <param name="samples">Draws for each row; at least 1, at most 1,000,000.</param>
    /// <param name="seed">The seed that they are drawn from, together with the row's id: the draws of a row depend
    /// neither on the rows beside it nor on who reads them. Default: the seed of the fit.</param>
    /// <returns>One number per row, in the order of the rows; p(x) is a density over the numbers of the network's input
    /// (scaled ones, where there is an input scaling); of rows of keys, it is the probability of those that are
    /// there.</returns>
    /// <exception cref="InvalidOperationException">The family's codes are not random variables, or the model
    /// reconstructs something other than what it encodes (<see cref="AutoencoderOptions.TargetColumnName"/>,
    /// <see cref="Corruption.Downscale"/>).</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is out of its range, or a column is
    /// missing or of another type.</exception>
    public float[] LogLikelihood(IDataView data, int samples = 100, int? seed = null)
    {
        Require.Within(samples, 1, Limits.Samples, nameof(LogLikelihood), nameof(samples));
        _model.RequireAlive();
        if (!_model.Definition.Objective.MeasuresProbability)
        {
            throw new InvalidOperationException(
                $"{Article.Beginning(_description.Model.Family)} {_description.Model.Family} autoencoder cannot " +
                "measure how likely a row is: its codes are not random variables. Variational and its relatives " +
                "can.");
        }
        if (_model.Definition.Target is not null)
        {
            throw new InvalidOperationException(
                "The autoencoder was trained to reconstruct something other than what it encodes, so it cannot " +
                "measure how likely a row is.");
        }
        const string Name = nameof(LogLikelihood);
        var mapping = new LikelihoodMapping(
            _model, _description.Columns, Name, samples, seed ?? _description.Seed, _description.Seed);
        return [.. View(data, mapping).GetColumn<float>(Name)];
    }
}
