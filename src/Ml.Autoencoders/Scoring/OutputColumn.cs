using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Scoring;

/// <summary>A column that a mapping adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Numbers per row.</param>
/// <param name="Kind">How it is typed and annotated.</param>
internal sealed record OutputColumn(string Name, int Size, OutputKind Kind)
{
    /// <summary>Of a vector of keys, how many keys there are.</summary>
    public int KeyCount { get; init; }

    /// <summary>The vector's dimensions; those of its size alone where none are given.</summary>
    public IReadOnlyList<int> Dimensions { get; private init; } = [Size];

    /// <summary>A vector of given dimensions.</summary>
    public static OutputColumn Shaped(string name, IReadOnlyList<int> dimensions) =>
        new(name, dimensions.Aggregate(1, (product, size) => product * size), OutputKind.PlainVector)
        {
            Dimensions = dimensions,
        };

    private bool IsScalar => Kind is OutputKind.Scalar or OutputKind.AnomalyScore or OutputKind.AnomalyLabel;

    /// <summary>Adds the column to a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="input">The column that the mapping reads.</param>
    /// <param name="scoreSet">The number by which ML.NET knows which columns one trainer gave.</param>
    public void AddTo(DataViewSchema.Builder schema, DataViewSchema.Column input, uint scoreSet)
    {
        switch (Kind)
        {
            case OutputKind.Scalar:
                schema.AddColumn(Name, NumberDataViewType.Single);
                break;
            case OutputKind.AnomalyScore:
                schema.AddColumn(Name, NumberDataViewType.Single,
                    AnomalyAnnotations.Make(scoreSet, AnnotationUtils.Const.ScoreValueKind.Score));
                break;
            case OutputKind.AnomalyLabel:
                schema.AddColumn(Name, BooleanDataViewType.Instance,
                    AnomalyAnnotations.Make(scoreSet, AnnotationUtils.Const.ScoreValueKind.PredictedLabel));
                break;
            case OutputKind.LikeInput:
                schema.AddColumn(Name, input.Type, SlotNamesOf(input));
                break;
            case OutputKind.KeyVector:
                schema.AddColumn(Name, new VectorDataViewType(new KeyDataViewType(typeof(uint), KeyCount), Size));
                break;
            case OutputKind.PlainVector:
                schema.AddColumn(Name, new VectorDataViewType(NumberDataViewType.Single, Dimensions.ToArray()));
                break;
            default:
                schema.AddColumn(Name, new VectorDataViewType(NumberDataViewType.Single, Size), NumberedSlots());
                break;
        }
    }

    /// <summary>The same promise before there is data.</summary>
    public SchemaShape.Column Shape(SchemaShape.Column input)
    {
        var slotNames = new SchemaShape.Column(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector,
            TextDataViewType.Instance, isKey: false);
        bool hasSlotNames = Kind == OutputKind.NumberedVector || (Kind == OutputKind.LikeInput && input.HasSlotNames());
        DataViewType item = Kind switch
        {
            OutputKind.KeyVector => NumberDataViewType.UInt32,
            OutputKind.AnomalyLabel => BooleanDataViewType.Instance,
            _ => NumberDataViewType.Single,
        };
        SchemaShape? annotations = Kind is OutputKind.AnomalyScore or OutputKind.AnomalyLabel
            ? new SchemaShape(AnnotationUtils.GetTrainerOutputAnnotation())
            : hasSlotNames ? new SchemaShape([slotNames])
            : null;
        return new SchemaShape.Column(Name,
            IsScalar ? SchemaShape.Column.VectorKind.Scalar : SchemaShape.Column.VectorKind.Vector,
            item, isKey: Kind == OutputKind.KeyVector, annotations);
    }

    private static DataViewSchema.Annotations? SlotNamesOf(DataViewSchema.Column input)
    {
        if (!input.HasSlotNames())
            return null;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        return annotations.ToAnnotations();
    }

    /// <summary><c>Code0</c>, <c>Code1</c>, ...: the names that a trainer's feature weights are shown under.</summary>
    private DataViewSchema.Annotations NumberedSlots()
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(Size,
            [.. Enumerable.Range(0, Size).Select(i => $"{Name}{i}".AsMemory())]);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddSlotNames(Size, (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return annotations.ToAnnotations();
    }
}
