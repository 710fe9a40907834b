using System.Linq.Expressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Columns;

/// <summary>Compares the arrays of objects with the sizes of the vector columns that they stand for. ML.NET's stages
/// report little about an array of another length, and each reports something else.</summary>
/// <typeparam name="TRow">The class of the objects.</typeparam>
internal sealed class VectorLengths<TRow>
    where TRow : class
{
    private readonly (string Column, int Size, Func<TRow, Array?> Read)[] _vectors;

    /// <param name="definition">Which column is in which member.</param>
    /// <param name="needed">The columns that are read.</param>
    public VectorLengths(SchemaDefinition definition, DataViewSchema.Column[] needed) => _vectors = [..
        from column in needed
        let member = definition.Single(defined => (defined.ColumnName ?? defined.MemberName) == column.Name).MemberName
        let read = Reader(member)
        where column.Type is VectorDataViewType { IsKnownSize: true } && read is not null
        select (column.Name, ((VectorDataViewType)column.Type).Size, read)];

    /// <exception cref="ArgumentException">An array has another length, or is null.</exception>
    public void Require(TRow row, string parameter)
    {
        foreach ((string column, int size, Func<TRow, Array?> read) in _vectors)
        {
            Array? found = read(row);
            if (found?.Length != size)
                throw new ArgumentException(
                    $"Column '{column}' of the row has {found?.Length.ToString() ?? "no"} numbers; it needs {size}.",
                    parameter);
        }
    }

    /// <summary>Null for a member that is not an array.</summary>
    private static Func<TRow, Array?>? Reader(string member)
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        MemberExpression value = Expression.PropertyOrField(row, member);
        return value.Type.IsArray ? Expression.Lambda<Func<TRow, Array?>>(value, row).Compile() : null;
    }
}
