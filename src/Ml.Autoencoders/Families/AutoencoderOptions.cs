using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Pipeline;

namespace Ml.Autoencoders;

/// <summary>What every family of autoencoders can be told.</summary>
/// <remarks>Options are read when the estimator is made, which throws <see cref="ArgumentException"/> for a value that is
/// out of its range.</remarks>
public abstract class AutoencoderOptions
{
    private protected AutoencoderOptions()
    {
    }

    /// <summary>Numbers in a code, Z.</summary>
    /// <value>At least 1. The default is 32.</value>
    public int CodeSize { get; init; } = 32;

    /// <summary>What encodes and decodes.</summary>
    /// <value>The default is <c>Network.Dense(512, 256)</c>.</value>
    public Network Network { get; init; } = Network.Dense(512, 256);

    /// <summary>How the distance between a row and its reconstruction is measured.</summary>
    /// <value>The default is <see cref="ReconstructionLoss.MeanSquaredError"/>.</value>
    public ReconstructionLoss Loss { get; init; } = ReconstructionLoss.MeanSquaredError;

    /// <summary>How slots are brought to a common scale before the network, and back behind it.</summary>
    /// <value>The default is <see cref="InputScaling.None"/>.</value>
    public InputScaling Scaling { get; init; } = InputScaling.None;

    /// <summary>A column for the reconstruction, typed as the input column.</summary>
    /// <value>The default is null: no such column.</value>
    public string? ReconstructionColumnName { get; init; }

    /// <summary>A column for the reconstruction error of each row, a Single: the <see cref="Loss"/> of the row, the mean
    /// over its slots, in the units that the network sees (those of <see cref="Scaling"/>).</summary>
    /// <value>The default is null: no such column.</value>
    public string? ErrorColumnName { get; init; }

    /// <summary>How the network is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Where the network is trained and predicts.</summary>
    /// <value>The default is null: <c>mlContext.GpuDeviceId</c> and <c>mlContext.FallbackToCpu</c> decide.</value>
    public ComputeDevice? Device { get; init; }

    private protected Recipe ToRecipe(string family, string outputColumnName, string? inputColumnName,
        Corruption corruption, Bottleneck bottleneck, Objective objective)
    {
        string where = GetType().Name;
        ArgumentNullException.ThrowIfNull(outputColumnName);
        Require.AtLeast(CodeSize, 1, where, nameof(CodeSize));
        Require.NotNull(Network, where, nameof(Network));
        Require.Defined(Loss, where, nameof(Loss));
        Require.Defined(Scaling, where, nameof(Scaling));
        Require.NotNull(Training, where, nameof(Training));
        Training.Check($"{where}.{nameof(Training)}");
        var columns = new ColumnNames(inputColumnName ?? outputColumnName, outputColumnName, ReconstructionColumnName, ErrorColumnName);
        columns.Check(where);
        return new Recipe(family, columns, CodeSize, Network, corruption, bottleneck, objective, Scaling, Training, Device);
    }
}
