using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Windows;

[assembly: LoadableClass(typeof(SlidingWindowTransformer), null, typeof(SignatureLoadModel),
    "Sliding window", SlidingWindowTransformer.LoaderSignature)]

namespace Ml.Autoencoders;

/// <summary>Makes windows of the rows of a series: each row gets one of the last T rows of its group, itself the
/// last.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads at once: the rows that windows need are held by each cursor, each
/// <c>PredictionEngine</c> and each <see cref="WindowTracker"/> for itself, at most T of each group.
/// <para>Windows of a data view are made of the rows of that view alone: its first rows have none, even where it
/// continues another. A <c>PredictionEngine</c> starts without rows, takes one with each call, and loses them with its
/// end; engines from a pool, or several of them, each know only the rows that they were given. A row that an engine
/// refuses with an error is not in later windows. Where windows shall survive the process, use <see
/// cref="CreateTracker"/>.</para>
/// </remarks>
public sealed class SlidingWindowTransformer : ITransformer
{
    internal const string LoaderSignature = "MlSlidingWindow";

    private readonly IHost _host;
    private readonly WindowDescription _description;

    internal SlidingWindowTransformer(IHostEnvironment environment, WindowDescription description)
    {
        _host = environment.Register(nameof(SlidingWindowTransformer));
        _description = description;
    }

    /// <summary>The column of the windows, a vector of <see cref="Length"/> x <see cref="Channels"/> Single.</summary>
    public string OutputColumnName => _description.Output;

    /// <summary>The columns that windows are made of.</summary>
    public IReadOnlyList<string> InputColumnNames => [.. _description.Inputs.Select(input => input.Name)];

    /// <summary>Rows of a window, T: those that the options gave, or that the fit has found.</summary>
    public int Length => _description.Length;

    /// <summary>Numbers of a row, C.</summary>
    public int Channels => _description.Channels;

    /// <summary>The column of the groups that windows do not mix, where there is one.</summary>
    public string? GroupColumnName => _description.Group?.Name;

    /// <summary>The column of the times of rows, where there is one.</summary>
    public string? TimeColumnName => _description.Time?.Name;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The input's columns and, after them, that of the windows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type or of another
    /// size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>Adds the column of windows to a data view. They are made when rows are read, in one pass.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type or of another
    /// size.</exception>
    /// <exception cref="InvalidOperationException">The rows are shuffled.</exception>
    public IDataView Transform(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        SeriesColumns.RequireOrder(_host, input, OutputColumnName);
        return new WindowView(_host, input, Bind(input.Schema));
    }

    /// <summary>Windows of rows that come one by one, outside of any data view. It starts without rows.</summary>
    public WindowTracker CreateTracker() => new(_description);

    /// <summary>What <see cref="WindowTracker.Save(string)"/> has saved: the next row continues the windows.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">The file is damaged, or of windows that are made in another way.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public WindowTracker RestoreTracker(string path)
    {
        Require.Path(path, Place.Call(nameof(RestoreTracker)), nameof(path));
        using FileStream stream = RegularFile.OpenRead(path);
        WindowTracker restored = RestoreTracker(stream);
        return stream.ReadByte() < 0
            ? restored : throw new FormatException($"'{path}' has more in it than the windows that were saved.");
    }

    /// <summary>What <see cref="WindowTracker.Save(Stream)"/> has saved: the next row continues the windows.</summary>
    /// <param name="stream">Is read up to the end of what was saved, and stays open.</param>
    /// <exception cref="FormatException">What is read is damaged, or of windows that are made in another
    /// way.</exception>
    public WindowTracker RestoreTracker(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return WindowStateFile.Read(stream, _description);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        new WindowRowMapper(_host, Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        _host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version());
        WindowArchive.Write(ctx, _description);
    }

    /// <summary>A description in one line: <c>Windows 60 x 3 of Pressure, Flow, Current by Pump in order of
    /// Time</c>.</summary>
    public override string ToString() => $"Windows {_description}";

    /// <summary>Called by ML.NET's loader, which finds it by its name and parameters.</summary>
    internal static SlidingWindowTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        MlNetMembers.Require();
        return Read(env, ctx);
    }

    private static SlidingWindowTransformer Read(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version());
        return new SlidingWindowTransformer(env, WindowArchive.Read(env, ctx));
    }

    private static VersionInfo Version() => new(
        modelSignature: "MLSLIDWN",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: ModelArchive.LoaderAssembly);

    private WindowSchema Bind(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return new WindowSchema(_host, _description, inputSchema);
    }
}
