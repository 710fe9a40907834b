using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Estimators;

/// <summary>
/// What a fit of a data view does and trains: first as far as the view's schema determines it, so that what does not
/// fit is refused before rows are read; then for the number of rows.
/// </summary>
internal sealed class FitChoice
{
    private readonly IHost _host;
    private readonly OpenRecipe _open;
    private readonly DataViewSchema _schema;
    private readonly SlotColumns _columns;

    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type, or not a picture of the
    /// given format.</exception>
    /// <exception cref="InvalidOperationException">Network or corruption do not fit the columns, or the file of the
    /// model would be too long to be read.</exception>
    /// <exception cref="ArgumentException">An option does not go with what is chosen for pictures.</exception>
    public FitChoice(IHost host, OpenRecipe open, DataViewSchema schema)
    {
        _host = host;
        _schema = schema;
        (DataViewSchema.Column input, int size) = InputColumn.Find(host, schema, open.Typical.Columns.Input,
            mayBeKeys: true);
        bool isTable = !ImageColumn.HoldsPictures(input) && input.Type.GetItemType() is not KeyDataViewType;
        _open = isTable ? open : open with { Rule = open.Rule.ForOthers };
        _columns = new SlotColumns(size, CategoricalSlots.Of(host, input, _open.Typical.Categories));
        BeforeRows = Of(_open.Before(_columns));
    }

    /// <summary>With the values of an ordinary number of rows where that number decides.</summary>
    public ChosenFit BeforeRows { get; }

    /// <summary>Whether something of it depends on the number of rows, which the log has to say then.</summary>
    public bool FollowsRows => _open.Rule.Chooses || BeforeRows.Recipe.Training.Updates is not null;

    /// <summary>With nothing open.</summary>
    /// <exception cref="InvalidOperationException">What was chosen does not fit the columns.</exception>
    public ChosenFit For(long rows) => FollowsRows ? Of(_open.For(rows, _columns)) : BeforeRows;

    private ChosenFit Of(Recipe recipe)
    {
        var chosen = new ChosenFit(recipe, new FitDefinition(_host, recipe).Of(_schema));
        FitFiles.RequireReadable(_host, recipe, chosen.Definition);
        return chosen;
    }
}
