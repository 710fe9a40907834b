using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders;

/// <content>Which options go together.</content>
public abstract partial record AutoencoderModelOptions
{
    /// <summary>Sequences are not pictures, and only some networks ask for their format.</summary>
    private void RequireSequences(string where, Corruption corruption, Network network)
    {
        if (Sequence is not null && !network.TakesSequences)
        {
            throw new ArgumentException($"{where}: Sequence is {Sequence}, and the network takes rows as they are; " +
                "it must be Network.Temporal or Network.Recurrent.");
        }
        if (network.TakesSequences && Image is not null)
            throw new ArgumentException($"{where}: Image is {Image}, and the network takes sequences.");
        if (network.TakesSequences && corruption.NeedsImage)
        {
            throw new ArgumentException($"{where}: the network takes sequences, and Corruption." +
                (corruption.Reduces ? "Downscale" : "Warp") + " changes pictures.");
        }
    }

    /// <summary>Gaps are marked slot by slot beside a row, which has to be a vector for that.</summary>
    private void RequireGaps(string where, Corruption corruption, Network network, ColumnNames columns)
    {
        Require.Defined(MissingValues, where, nameof(MissingValues));
        if (MissingValues == MissingValueHandling.Refuse)
        {
            if (ImputedColumnName is not null)
                throw new ArgumentException($"{where}: ImputedColumnName is '{ImputedColumnName}', and MissingValues " +
                    "is Refuse, so that no row has gaps to fill; it must be LeaveOut.");
            if (columns.Reasons is { } reasons)
                throw new ArgumentException($"{where}: ReasonsColumnName is '{reasons}', and MissingValues is " +
                    "Refuse; it must be LeaveOut. A reason says how unlikely a value is where it is hidden from the " +
                    "network, which has to learn to do without it.");
            return;
        }
        string? obstacle =
            !network.TakesVectors ? "the network takes pictures or sequences; it must be Network.Dense, or composed " +
                "of layers that take a row as a vector"
            : Image is not null ? $"Image is {Image}; rows must be plain vectors"
            : corruption.NeedsImage
                ? $"Corruption.{(corruption.Reduces ? "Downscale" : "Warp")} changes pictures; rows must be plain " +
                    "vectors"
            : Binarization != Binarization.None ? $"Binarization is {Binarization}; it must be None"
            : null;
        if (obstacle is not null)
            throw new ArgumentException($"{where}: MissingValues is LeaveOut, and {obstacle}.");
    }

    /// <summary>Categories are slots of plain rows, beside numbers that are normal variables.</summary>
    private void RequireCategories(string where, Corruption corruption, Network network, Categories categories,
        ColumnNames columns)
    {
        if (categories == Categories.None)
            return;
        string? obstacle =
            Loss != ReconstructionLoss.MeanSquaredError
                ? $"Loss is {Loss}, which takes all slots for probabilities of ones; it must be MeanSquaredError"
            : Image is not null ? $"Image is {Image}; rows must be plain vectors"
            : network.TakesSequences ? "the network takes sequences; rows must be plain vectors"
            : columns.Target is { } target
            ? $"TargetColumnName is '{target}'; rows must be reconstructed from themselves"
            : corruption.NeedsImage
                ? $"Corruption.{(corruption.Reduces ? "Downscale" : "Warp")} changes pictures; rows must be plain " +
                    "vectors"
            : null;
        if (obstacle is not null)
            throw new ArgumentException($"{where}: Categories is {categories}, and {obstacle}.");
    }

    /// <summary>Rows are probabilities of ones as they are, and zeros and ones are measured by their
    /// cross-entropy.</summary>
    private void RequireGrayValues(string where, InputScaling scaling)
    {
        if (Loss != ReconstructionLoss.BinaryCrossEntropy)
        {
            throw new ArgumentException($"{where}: Binarization is {Binarization}, which turns rows into zeros " +
                $"and ones, and Loss is {Loss}; it must be BinaryCrossEntropy.");
        }
        if (scaling != InputScaling.None)
        {
            throw new ArgumentException($"{where}: Binarization is {Binarization}, which takes values as " +
                $"probabilities, and Scaling is {scaling}; it must be None.");
        }
    }

    /// <summary>
    /// Where values move from slot to slot, slots cannot be scaled one by one; where the network's input is smaller
    /// than its output, the two cannot be compared either.
    /// </summary>
    private static void RequireComparable(string where, Corruption corruption, InputScaling scaling,
        ColumnNames columns)
    {
        if (corruption.NeedsImage && scaling != InputScaling.None)
            throw new ArgumentException(
                $"{where}: Scaling is {scaling}, which gives each slot its own scale, and Corruption." +
                (corruption.Reduces ? "Downscale makes one pixel of several" : "Warp moves pixels from slot to slot") +
                ". Scale all pixels alike before, for example with scaleImage in ExtractPixels.");
        if (corruption.Reduces && columns.Compared is { } compared)
            throw new ArgumentException(
                $"{where}: {compared.Option} is '{compared.Column}', and compares a row with its reconstruction; " +
                "with Corruption.Downscale the two are of different sizes.");
    }
}
