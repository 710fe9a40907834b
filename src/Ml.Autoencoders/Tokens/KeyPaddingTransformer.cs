using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Tokens;

[assembly: LoadableClass(typeof(KeyPaddingTransformer), null, typeof(SignatureLoadModel),
    "Key padding", KeyPaddingTransformer.LoaderSignature)]

namespace Ml.Autoencoders;

/// <summary>Pads or cuts sequences of keys to one length.</summary>
/// <remarks>Immutable, and safe to use from several threads at once. Needs no native torch library.</remarks>
public sealed class KeyPaddingTransformer : ITransformer
{
    internal const string LoaderSignature = "MlAutoencoderKeyPadding";

    private readonly IHost _host;
    private readonly KeyPaddingDescription _description;

    internal KeyPaddingTransformer(IHostEnvironment environment, KeyPaddingDescription description)
    {
        _host = environment.Register(nameof(KeyPaddingTransformer));
        _description = description;
    }

    /// <summary>The column of the sequences of one length.</summary>
    public string OutputColumnName => _description.Output;

    /// <summary>The column that they are made of.</summary>
    public string InputColumnName => _description.Input;

    /// <summary>Keys of a row, T: as many as were given, or as the longest row of the fit has.</summary>
    public int Length => _description.Length;

    /// <summary>Where short rows are padded.</summary>
    public SequenceSide PaddingSide => _description.PaddingSide;

    /// <summary>Where long rows are cut.</summary>
    public SequenceSide TruncationSide => _description.TruncationSide;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The input's columns and, after them, that of the sequences of one length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or not a vector of keys.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return RowToRowMapperTransform.GetOutputSchema(inputSchema, Map(inputSchema));
    }

    /// <summary>Adds the column to a data view. Nothing is read until rows are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or not a vector of keys.</exception>
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
        KeyPaddingArchive.Write(ctx, _description);
    }

    /// <summary>A description in one line: <c>Keys of Words to Tokens (32)</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Keys of {InputColumnName} to {OutputColumnName} ({Length})");

    /// <summary>Called by ML.NET's loader, which finds it by its name and parameters.</summary>
    internal static KeyPaddingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        MlNetMembers.Require();
        return Read(env, ctx);
    }

    private static KeyPaddingTransformer Read(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version());
        return new KeyPaddingTransformer(env, KeyPaddingArchive.Read(env, ctx));
    }

    private static VersionInfo Version() => new(
        modelSignature: "MLAUTPAD",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: ModelArchive.LoaderAssembly);

    private KeyPaddingMapper Map(DataViewSchema schema) => new(_host, this, _description, schema);
}
