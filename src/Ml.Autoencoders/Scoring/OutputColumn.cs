using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;

namespace Ml.Autoencoders.Scoring;

/// <summary>A column that a mapping adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Numbers per row.</param>
/// <param name="Kind">How it is typed and annotated.</param>
internal sealed record OutputColumn(string Name, int Size, OutputKind Kind)
{
    /// <summary>Of a vector of keys, how many keys there are.</summary>
    public int KeyCount { get; init; }

    /// <summary>Of a vector of keys that are not those of the input column, their names; null where they have
    /// none.</summary>
    public IReadOnlyList<string>? KeyNames { get; init; }

    /// <summary>Whether it is a vector of keys.</summary>
    public bool AreKeys => KeyCount > 0;

    /// <summary>The vector's dimensions; those of its size alone where none are given.</summary>
    public IReadOnlyList<int> Dimensions { get; private init; } = [Size];

    /// <summary>Of a vector with a slot for each column of a table, their slots in the input column.</summary>
    public IReadOnlyList<SlotGroup> Columns { get; private init; } = [];

    /// <summary>Of hidden activations, how many each layer gives; what precedes them is a row.</summary>
    public IReadOnlyList<int> HiddenSizes { get; private init; } = [];

    /// <summary>A number for each column of a table.</summary>
    public static OutputColumn ByColumn(string name, IReadOnlyList<SlotGroup> columns) =>
        new(name, columns.Count, OutputKind.ColumnVector) { Columns = columns };

    /// <summary>Hidden activations, with a row of some numbers before them.</summary>
    public static OutputColumn HiddenAfter(int row, string name, IReadOnlyList<int> sizes) =>
        new(name, row + sizes.Sum(), OutputKind.HiddenVector) { HiddenSizes = sizes };

    /// <summary>Whether a column, perhaps copied, is this one of hidden activations: the last is named so.</summary>
    public bool Wrote(DataViewSchema.Column column) => Kind == OutputKind.HiddenVector
        && column.Type is VectorDataViewType { Size: var size } && size == Size
        && SlotNames.Of(column)[size - 1] is { } last && last.Span.SequenceEqual(HiddenSlots().Last().Span);

    /// <summary>A vector of given dimensions.</summary>
    public static OutputColumn Shaped(string name, IReadOnlyList<int> dimensions) =>
        new(name, dimensions.Aggregate(1, (product, size) => product * size), OutputKind.PlainVector)
        {
            Dimensions = dimensions,
        };

    /// <summary>What stands for a value that is missing: a key that is none, no anomaly, or NaN.</summary>
    public float Missing => AreKeys || Kind == OutputKind.AnomalyLabel ? 0 : float.NaN;

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
            case OutputKind.LikeInput or OutputKind.NumbersLikeInput:
                schema.AddColumn(Name, new VectorDataViewType(AreKeys
                        ? new KeyDataViewType(typeof(uint), KeyCount) : NumberDataViewType.Single,
                    ((VectorDataViewType)input.Type).Dimensions), NamesOf(input));
                break;
            case OutputKind.ColumnVector:
                schema.AddColumn(Name, new VectorDataViewType(NumberDataViewType.Single, Size),
                    input.HasSlotNames() ? Named([.. Columns.Select(NameIn(SlotNames.Of(input)))]) : null);
                break;
            case OutputKind.KeyVector:
                schema.AddColumn(Name, new VectorDataViewType(new KeyDataViewType(typeof(uint), KeyCount), Size),
                    Named(KeyNames));
                break;
            case OutputKind.PlainVector:
                schema.AddColumn(Name, new VectorDataViewType(NumberDataViewType.Single, Dimensions.ToArray()));
                break;
            case OutputKind.HiddenVector:
                schema.AddColumn(Name, new VectorDataViewType(NumberDataViewType.Single, Size),
                    Named([.. RowSlots(input), .. HiddenSlots()]));
                break;
            default:
                schema.AddColumn(Name, new VectorDataViewType(NumberDataViewType.Single, Size),
                    Named([.. Numbers(Size).Select(i => $"{Name}{i}".AsMemory())]));
                break;
        }
    }

    /// <summary>The same promise before there is data.</summary>
    public SchemaShape.Column Shape(SchemaShape.Column input)
    {
        var slotNames = new SchemaShape.Column(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector,
            TextDataViewType.Instance, isKey: false);
        bool hasSlotNames = Kind is OutputKind.NumberedVector or OutputKind.HiddenVector
            || (Kind is OutputKind.LikeInput or OutputKind.NumbersLikeInput or OutputKind.ColumnVector
                && input.HasSlotNames());
        bool areKeys = Kind == OutputKind.KeyVector || (Kind == OutputKind.LikeInput && input.IsKey);
        DataViewType item = areKeys ? NumberDataViewType.UInt32
            : Kind == OutputKind.AnomalyLabel ? BooleanDataViewType.Instance
            : NumberDataViewType.Single;
        var annotations = new List<SchemaShape.Column>();
        if (Kind is OutputKind.AnomalyScore or OutputKind.AnomalyLabel)
            annotations.AddRange(AnnotationUtils.GetTrainerOutputAnnotation());
        if (hasSlotNames)
            annotations.Add(slotNames);
        if (Kind == OutputKind.LikeInput && areKeys
            && input.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column keyNames))
            annotations.Add(keyNames);
        return new SchemaShape.Column(Name,
            IsScalar ? SchemaShape.Column.VectorKind.Scalar : SchemaShape.Column.VectorKind.Vector,
            item, isKey: areKeys, annotations.Count == 0 ? null : new SchemaShape(annotations));
    }

    /// <summary>The names of the input column's slots and, for keys, of its keys; null where it has none.</summary>
    private DataViewSchema.Annotations? NamesOf(DataViewSchema.Column input)
    {
        bool hasKeyNames = AreKeys
            && input.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues) is not null;
        if (!input.HasSlotNames() && !hasKeyNames)
            return null;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames
            || (AreKeys && kind == AnnotationUtils.Kinds.KeyValues));
        return annotations.ToAnnotations();
    }

    private static DataViewSchema.Annotations? Named(IReadOnlyList<string>? keys)
    {
        if (keys is null)
            return null;
        var annotations = new DataViewSchema.Annotations.Builder();
        Ml.Autoencoders.Columns.KeyNames.Add(annotations, keys);
        return annotations.ToAnnotations();
    }

    /// <summary>What the names of a column's slots begin with, up to the first point: <c>Region</c> for
    /// <c>Region.north</c> and <c>Region.south</c>. Classes have points in them (versions, numbers) more often than
    /// columns do; of a column with one slot, which may be a number, it is the whole name.</summary>
    private static Func<SlotGroup, ReadOnlyMemory<char>> NameIn(SlotNames names) => slots =>
    {
        ReadOnlyMemory<char> common = names[slots.First] ?? default;
        for (int slot = slots.First + 1; slot < slots.End; slot++)
            common = common[..common.Span.CommonPrefixLength((names[slot] ?? default).Span)];
        int point = slots.Count == 1 ? -1 : common.Span.IndexOf('.');
        return point < 0 ? common : common[..point];
    };

    /// <summary>As the input column names them; <c>Code.Row0</c>, <c>Code.Row1</c>, ... where it does not.</summary>
    private IEnumerable<ReadOnlyMemory<char>> RowSlots(DataViewSchema.Column input)
    {
        int count = Size - HiddenSizes.Sum();
        // Pictures that are made smaller have other slots than their column.
        SlotNames? names = ((VectorDataViewType)input.Type).Size == count ? SlotNames.Of(input) : null;
        return Numbers(count).Select((i, slot) => names?[slot] ?? $"{Name}.Row{i}".AsMemory());
    }

    /// <summary><c>Hidden1.0</c>, <c>Hidden1.1</c>, ..., <c>Hidden2.0</c>: the layer, then the activation.</summary>
    private IEnumerable<ReadOnlyMemory<char>> HiddenSlots() => HiddenSizes.Zip(Numbers(HiddenSizes.Count + 1).Skip(1),
        (size, layer) => Numbers(size).Select(i => $"{Name}{layer}.{i}".AsMemory())).SelectMany(layer => layer);

    private static IEnumerable<string> Numbers(int count) =>
        Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture));

    /// <summary>The names that a trainer's feature weights are shown under: <c>Code0</c>, <c>Code1</c>, ... for
    /// codes.</summary>
    private static DataViewSchema.Annotations Named(ReadOnlyMemory<char>[] slots)
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(slots.Length, slots);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddSlotNames(slots.Length, (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return annotations.ToAnnotations();
    }
}
