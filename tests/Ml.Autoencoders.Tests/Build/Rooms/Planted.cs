#pragma warning disable CA1822 // What is planted is never called.
namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>Names another type in every way that there is.</summary>
[Planted(typeof(PlantedInTypeOf))]
internal sealed class Planted<T> : PlantedBase, IPlanted where T : PlantedConstraint
{
    private readonly List<PlantedField[]> _field = [];

    [Planted(null)]
    public string Marked => "";

    public int Fields => _field.Count;

    public PlantedResult? Result(PlantedParameter parameter) => parameter is null ? new() : null;

    public bool Is(object value) => value is PlantedCast;

    public int Calls() => PlantedCallee.Number();

    public string Generic() => string.Join(' ', Array.Empty<PlantedArgument>().AsEnumerable());

    public Func<int> Lambda() => () => new PlantedInLambda().GetHashCode();

    public IEnumerable<int> Iterator()
    {
        yield return new PlantedInIterator().GetHashCode();
    }

    public void Catches()
    {
        try
        {
            Calls();
        }
        catch (PlantedException)
        {
            Is(this);
        }
    }

    public string NameOf() => nameof(PlantedConstants.Text);

    public int Constant() => PlantedConstants.Number;
}
