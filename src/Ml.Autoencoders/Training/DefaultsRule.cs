using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.Training;

/// <summary>
/// What a fit uses where the options leave it open, as a function of the size of its data. Rules are records, because
/// options that have one are compared by value.
/// </summary>
internal abstract record DefaultsRule
{
    /// <summary>Stands for the number of rows until they are counted.</summary>
    public const int OrdinaryRows = 1_000;

    private const int OrdinaryColumns = 32;

    /// <summary>The same for all data: that of every class of options that has no rule of its own.</summary>
    public static DefaultsRule Standard { get; } = new ConstantDefaults(Defaults.Standard);

    /// <summary>The values for data of an ordinary size. Options are checked with these before there is any.</summary>
    public Defaults Typical => For(OrdinaryRows, new SlotColumns(OrdinaryColumns, []));

    /// <summary>Whether the values depend on the data, so that the log has to say what was chosen.</summary>
    public virtual bool Chooses => true;

    /// <summary>The rule for a column of pictures, whose slots have one scale already, or of keys.</summary>
    public virtual DefaultsRule ForOthers => this;

    /// <summary>The values for data of a size.</summary>
    /// <param name="rows">Rows to train on, without those that are held out; at least 1.</param>
    /// <param name="columns">What the slots of the input column are; there is at least 1.</param>
    /// <remarks>The scaling may depend on the columns only: rows are read for it before they are counted. Which slots
    /// are categories depends on nothing: the columns are found by it.</remarks>
    public abstract Defaults For(long rows, SlotColumns columns);
}
