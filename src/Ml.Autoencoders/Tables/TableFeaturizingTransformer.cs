using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Tables;

[assembly: LoadableClass(typeof(TableFeaturizingTransformer), null, typeof(SignatureLoadModel),
    "Table featurizer", TableFeaturizingTransformer.LoaderSignature)]

namespace Ml.Autoencoders;

/// <summary>One vector of the columns of a table: numbers as they are, and a slot for each category that the fit
/// knows.</summary>
/// <remarks>Immutable, and safe to use from several threads at once. Needs no native torch library.</remarks>
public sealed class TableFeaturizingTransformer : ITransformer
{
    internal const string LoaderSignature = "MlAutoencoderTable";

    private readonly IHost _host;
    private readonly TableDescription _table;

    internal TableFeaturizingTransformer(IHostEnvironment environment, TableDescription table)
    {
        _host = environment.Register(nameof(TableFeaturizingTransformer));
        _table = table;
        InputColumnNames = [.. table.Columns.Select(column => column.Name)];
    }

    /// <summary>The columns of the table, in the order of their slots.</summary>
    public IReadOnlyList<string> InputColumnNames { get; }

    /// <summary>The column of the vectors.</summary>
    public string OutputColumnName => _table.Output;

    /// <summary>Numbers in a vector.</summary>
    public int OutputSize => _table.Size;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The input's columns and, after them, the vectors'.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or not what it was in the fit.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return RowToRowMapperTransform.GetOutputSchema(inputSchema, Map(inputSchema));
    }

    /// <summary>Adds the column to a data view. Nothing is read until rows are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or not what it was in the fit.</exception>
    public IDataView Transform(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new RowToRowMapperTransform(_host, input, Map(input.Schema), Map);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return new RowToRowMapperTransform(_host, new EmptyDataView(_host, inputSchema), Map(inputSchema), Map);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        _host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version());
        TableArchive.Write(ctx, _table);
    }

    /// <summary>A description in one line: <c>Table of 3 columns to Features (12)</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"Table of {InputColumnNames.Count} columns to {OutputColumnName} ({OutputSize})");

    /// <summary>Called by ML.NET's loader, which finds it by its name and parameters.</summary>
    internal static TableFeaturizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        MlNetMembers.Require();
        return Read(env, ctx);
    }

    private static TableFeaturizingTransformer Read(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version());
        return new TableFeaturizingTransformer(env, TableArchive.Read(env, ctx));
    }

    private static VersionInfo Version() => new(
        modelSignature: "MLAUTTAB",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: ModelArchive.LoaderAssembly);

    private TableMapper Map(DataViewSchema schema) => new(_host, this, _table, schema);
}
