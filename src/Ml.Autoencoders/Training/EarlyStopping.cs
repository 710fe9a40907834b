using System.Text.Json.Serialization;

namespace Ml.Autoencoders;

/// <summary>Ends a fit whose loss has stopped improving, and returns to the weights of its best epoch.</summary>
/// <remarks>The loss is that of the validation rows; where there are none, that of the training rows. An epoch whose
/// loss is not a finite number is never the best; where no epoch has a finite loss, the fit ends in an
/// <see cref="InvalidOperationException"/>.</remarks>
public sealed record EarlyStopping
{
    /// <summary>Stops after <paramref name="patience"/> epochs in a row without an improvement.</summary>
    /// <param name="patience">At least 1.</param>
    /// <param name="minImprovement">How much the loss has to fall below the best so far to count; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public EarlyStopping(int patience, double minImprovement = 0)
        : this(minImprovement, patience) => Check(Place.Call(nameof(EarlyStopping)));

    /// <summary>As read from a file; the caller, which knows the place, checks it.</summary>
    [JsonConstructor]
    private EarlyStopping(double minImprovement, int patience)
    {
        Patience = patience;
        MinImprovement = minImprovement;
    }

    /// <summary>Epochs in a row without an improvement that end the fit.</summary>
    public int Patience { get; }

    /// <summary>How much the loss has to fall below the best so far to count as an improvement.</summary>
    public double MinImprovement { get; }

    /// <summary>Checks that a fit can be ended this way.</summary>
    internal void Check(Place place)
    {
        Require.AtLeast(Patience, 1, place, nameof(Patience));
        Require.AtLeast(MinImprovement, 0, place, nameof(MinImprovement));
    }
}
