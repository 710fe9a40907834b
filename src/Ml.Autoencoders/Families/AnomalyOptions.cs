using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>What both anomaly detectors can be told.</summary>
public abstract class AnomalyOptions : AutoencoderModelOptions
{
    private protected AnomalyOptions()
    {
    }

    /// <summary>The share of the training rows that the detector calls anomalies: it sets the threshold of the score. Where a
    /// fit has validation rows, these set it, which is safer: an autoencoder knows its training rows better than new ones.</summary>
    /// <value>At least 0, below 1. The default is 0.01. With 0 the threshold is the greatest score of a row.</value>
    public float Contamination { get; init; } = 0.01f;

    /// <summary>What is done to the rows that the encoder sees in training; the clean ones are reconstructed.</summary>
    /// <value>The default is <c>Corruption.None</c>.</value>
    public Corruption Corruption { get; init; } = Corruption.None;

    /// <summary>A column for the codes, a vector of <see cref="AutoencoderModelOptions.CodeSize"/> Single.</summary>
    /// <value>The default is null: no such column.</value>
    public string? CodeColumnName { get; init; }

    /// <summary>Codes that are drawn for each row, where the score is an expectation over codes; else 0.</summary>
    internal abstract int CodeDraws { get; }

    internal abstract Recipe ToRecipe(string featureColumnName);

    private protected Recipe ToRecipe(string family, string featureColumnName, Bottleneck bottleneck, Objective objective)
    {
        string where = GetType().Name;
        ArgumentNullException.ThrowIfNull(featureColumnName);
        Require.BelowOne(Contamination, where, nameof(Contamination));
        Require.NotNull(Corruption, where, nameof(Corruption));
        if (Corruption.Reduces)
            throw new ArgumentException($"{where}: Corruption.Downscale makes rows of another size, which cannot be compared with their reconstruction.");
        var columns = new ColumnNames(featureColumnName, CodeColumnName, ReconstructionColumnName)
        {
            Condition = ConditionColumnName,
            FeatureErrors = FeatureErrorsColumnName,
            Detects = true,
        };
        return ToRecipe(family, columns, Corruption, bottleneck, objective);
    }
}
