namespace Ml.Autoencoders.Columns;

/// <summary>Words for what an output column holds.</summary>
internal static class StageOutputWords
{
    extension(StageOutput output)
    {
        /// <summary>What kind of activations, to go before that word; null for codes.</summary>
        public string? Hidden => output switch
        {
            StageOutput.HiddenActivations => "hidden",
            StageOutput.RowAndHiddenActivations => "row and hidden",
            _ => null,
        };
    }
}
