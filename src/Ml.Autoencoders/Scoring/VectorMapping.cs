using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Turns a vector column, and a label where there is a condition, into new columns, any number of rows at a time.
/// </summary>
internal abstract class VectorMapping(AutoencoderModel model)
{
    private const int MaxRows = 128;
    private const int MaxRowsOnGpu = 512;

    /// <summary>16 MiB of input, or of an output.</summary>
    private const int MaxNumbers = 1 << 22;

    /// <summary>
    /// A batch is computed on all of torch's threads; two at once would only take them from each other. Single rows
    /// need one thread, and wait for nobody.
    /// </summary>
    private static readonly Lock BatchGate = new();

    /// <summary>The column that is read.</summary>
    public abstract string InputName { get; }

    /// <summary>The key column that conditions it; null where there is none.</summary>
    public abstract string? LabelName { get; }

    /// <summary>Numbers per row in it.</summary>
    public abstract int InputSize { get; }

    /// <summary>The sizes of rows that there is a mapping for, this one's first.</summary>
    public virtual int[] Sizes => [InputSize];

    /// <summary>Whether values in it may be missing without those of the outputs being so.</summary>
    public virtual bool MayHaveGaps => false;

    /// <summary>Whether rows are windows of series, and one that misses all of its values is a row without a
    /// window.</summary>
    public bool AreWindows => MayHaveGaps && model.Definition.Window is not null;

    /// <summary>The picture format of a row in it, where that is known.</summary>
    public virtual ImageFormat? InputImage => null;

    /// <summary>The sequence that a row in it is, where the encoder takes it as one.</summary>
    public SequenceFormat? InputSequence => model.Definition.Network.Sequence;

    /// <summary>The tokens that a row in it is; null where it is numbers.</summary>
    public virtual TokenFormat? InputTokens => null;

    /// <summary>The names of their keys; null where they have none.</summary>
    public IReadOnlyList<string>? InputKeyNames => InputTokens is null ? null : model.Definition.KeyNames;

    /// <summary>The columns that are added.</summary>
    public abstract IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>Whether an output is drawn at random, tied to the ids of rows.</summary>
    public virtual bool Draws => false;

    /// <summary>What keeps ML.NET's own export to ONNX from taking the outputs, as a sentence; null where nothing
    /// does.</summary>
    public abstract string? OnnxObstacle { get; }

    /// <summary>
    /// How many rows to map at once: beyond the most, a processor gains nothing; wide rows bound the memory.
    /// </summary>
    public int BatchRows
    {
        get
        {
            NetworkPlan network = model.Definition.Network;
            // Of keys, a row becomes one-hot vectors and log-odds.
            long widest = Math.Max(Math.Max(InputSize + network.ConditionSize, Outputs.Max(output => output.Size)),
                network.Tokens is { } tokens ? tokens.Logits + tokens.Steps : 0);
            return (int)Math.Clamp(MaxNumbers / widest, 1, UsesGpu ? MaxRowsOnGpu : MaxRows);
        }
    }

    /// <summary>The labels that it was trained with; null where there is no condition.</summary>
    public Condition? Condition => model.Definition.Condition;

    protected AutoencoderModel Model => model;

    /// <summary>The mapping for rows of one of <see cref="Sizes"/>.</summary>
    public virtual VectorMapping ForSize(int size) => this;

    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void RequireAlive() => model.RequireAlive();

    /// <summary>The numbers of the model.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public ModelNumbers Numbers()
    {
        using AutoencoderModel.Lease lease = model.Use();
        return model.ToNumbers();
    }

    /// <summary>Every output as nodes of an ONNX graph; to be asked where <see cref="OnnxObstacle"/> is null.</summary>
    public abstract IReadOnlyList<OnnxValue> Export(OnnxInputs inputs);

    /// <summary>Maps rows, and writes each wanted output one row after the other.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="outputs">A buffer of count times the output's size for each output; null for one
    /// that nobody reads.</param>
    public void Map(MappingInput input, int count, float[]?[] outputs)
    {
        using AutoencoderModel.Lease lease = model.Use();
        Prepare(input, count);
        (bool numbers, bool tensors) = (false, false);
        for (int i = 0; i < outputs.Length; i++)
        {
            numbers |= outputs[i] is not null && !NeedsTorch(i);
            tensors |= outputs[i] is not null && NeedsTorch(i);
        }
        if (numbers)
            MapNumbers(input, count, outputs);
        if (tensors)
            MapTensors(input, count, outputs);
        if (AreWindows)
            MarkMissing(input, count, outputs);
    }

    /// <summary>Nothing is known about a row that has no window.</summary>
    private void MarkMissing(MappingInput input, int count, float[]?[] outputs)
    {
        for (int row = 0; row < count; row++)
        {
            if (!WindowColumn.IsMissing(input.Row(row)))
                continue;
            for (int i = 0; i < outputs.Length; i++)
                outputs[i]?.AsSpan(row * Outputs[i].Size, Outputs[i].Size).Fill(Outputs[i].Missing);
        }
    }

    /// <summary>Changes rows in their place before anything is computed from them. Done twice it does no more than
    /// once.</summary>
    protected virtual void Prepare(MappingInput input, int count)
    {
    }

    /// <summary>Whether torch computes on a GPU.</summary>
    public bool UsesGpu => model.Device.type != TorchSharp.DeviceType.CPU;

    /// <summary>Whether torch has to compute one of the wanted outputs.</summary>
    public bool NeedTorch(bool[] wanted) => wanted.Where((isWanted, i) => isWanted && NeedsTorch(i)).Any();

    /// <summary>What of the model, or which of the wanted outputs, torch has to compute.</summary>
    public string UseOfTorch(bool[] wanted) => model.Obstacle
        ?? $"column '{Outputs.Where((_, i) => wanted[i] && NeedsTorch(i)).First().Name}'";

    /// <summary>
    /// Whether an output needs torch. It does not depend on what else is requested, so that its bits do not.
    /// </summary>
    protected bool NeedsTorch(int output) => !model.IsManaged || !IsManaged(output);

    /// <summary>Whether an output of a model that can do without torch can be computed without it.</summary>
    protected abstract bool IsManaged(int output);

    /// <summary>Whether rows of an output are worth being shared among threads: a picture takes long enough.</summary>
    public bool SharesRows(int output) => !NeedsTorch(output) && model.Managed.HasPictures;

    /// <summary>Computes the outputs that do not need torch.</summary>
    protected abstract void MapNumbers(MappingInput input, int count, float[]?[] outputs);

    /// <summary>One tensor for each wanted output.</summary>
    /// <param name="rows">The rows, on the model's device.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="wanted">Which outputs are.</param>
    protected abstract IReadOnlyList<Tensor?> Compute(RowBatch rows, ReadOnlyMemory<DataViewRowId> ids, bool[] wanted);

    private void MapTensors(MappingInput input, int count, float[]?[] outputs)
    {
        TorchLibrary.Load(() => UseOfTorch([.. outputs.Select(buffer => buffer is not null)]));
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        // In torch's own memory, which is aligned: where managed memory lies differs from call to call, and the last
        // bits of a matrix product depend on it.
        Tensor values = empty([count, InputSize], dtype: ScalarType.Float32, device: CPU);
        MemoryMarshal.AsBytes(input.Values.AsSpan(0, count * InputSize)).CopyTo(values.bytes);
        Tensor? labels = input.Labels is null
            ? null : tensor(input.Labels.AsSpan(0, count).ToArray(), dtype: ScalarType.Int64, device: CPU);
        var rows = new RowBatch(values, labels);
        // Torch has other convolutions for one picture than for many. A row that is left over of
        // many goes through theirs.
        if (count == 1 && input.Capacity > 1)
            rows = new RowBatch(values.repeat(2, 1), labels?.repeat(2));
        // A computation on one thread keeps nobody waiting.
        if (count == 1 || ThreadLimit.Current == 1)
        {
            MapTensors(rows, input, count, outputs);
            return;
        }
        lock (BatchGate)
            MapTensors(rows, input, count, outputs);
    }

    private void MapTensors(RowBatch rows, MappingInput input, int count, float[]?[] outputs)
    {
        IReadOnlyList<Tensor?> results = Compute(rows.To(model.Device), input.Ids.AsMemory(0, (int)rows.Count),
            [.. outputs.Select((buffer, i) => buffer is not null && NeedsTorch(i))]);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is { } buffer && NeedsTorch(i))
                results[i]!.narrow(0, 0, count).cpu().contiguous().data<float>()
                    .CopyTo(buffer.AsSpan(0, count * Outputs[i].Size));
        }
    }
}
