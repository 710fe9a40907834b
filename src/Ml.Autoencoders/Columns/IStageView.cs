namespace Ml.Autoencoders.Columns;

/// <summary>A data view of a stage that is known by another name than the view's class.</summary>
internal interface IStageView
{
    /// <summary>The class of the transformer that made the view.</summary>
    string Stage { get; }
}
