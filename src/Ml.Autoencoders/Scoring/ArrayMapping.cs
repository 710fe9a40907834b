using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Scoring;

/// <summary>A mapping applied to arrays.</summary>
internal static class ArrayMapping
{
    /// <summary>Rows that a thread takes at once, where threads share them.</summary>
    private const int SharedRows = 24;

    /// <summary>The output numbered <paramref name="output"/> of every row.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="label">The index of the label of all of them, where there is a condition.</param>
    /// <param name="output">Which output.</param>
    /// <param name="parameter">The caller's name for the rows.</param>
    /// <param name="room">How many rows there is room for at least: where torch computes, a row in room for one is
    /// computed like a single row, and with more room like one among others.</param>
    /// <exception cref="ArgumentException">A row is null or of another length.</exception>
    public static float[][] Map(
        VectorMapping mapping, IReadOnlyList<float[]> rows, long? label, int output, string parameter, int room = 1)
    {
        ArgumentNullException.ThrowIfNull(rows, parameter);
        mapping.RequireAlive();
        mapping = mapping.ForSize(rows.Count > 0 && rows[0] is { } first ? first.Length : mapping.InputSize);
        RequireLengths(rows, mapping.InputSize, parameter);

        var results = new float[rows.Count][];
        bool isShared = rows.Count > SharedRows && mapping.SharesRows(output);
        int capacity = Math.Min(mapping.BatchRows, isShared ? SharedRows : Math.Max(room, rows.Count));
        int parts = rows.Count == 0 ? 0 : (rows.Count - 1) / capacity + 1;
        Worker Make() => new(mapping, capacity, label, output);
        if (isShared)
        {
            Share(parts, Make, (worker, part) => worker.Map(rows, part * capacity, results));
            return results;
        }
        Worker only = Make();
        for (int part = 0; part < parts; part++)
            only.Map(rows, part * capacity, results);
        return results;
    }

    /// <exception cref="ArgumentException">A row is null or of another length.</exception>
    public static void RequireLengths(IReadOnlyList<float[]> rows, int size, string parameter)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i]?.Length != size)
                throw new ArgumentException(
                    $"Row {i} has {rows[i]?.Length.ToString() ?? "no"} numbers; it needs {size}.", parameter);
        }
    }

    private static void Share(int parts, Func<Worker> make, Action<Worker, int> work)
    {
        try
        {
            Parallel.For(0, parts, make, (part, _, worker) =>
            {
                work(worker, part);
                return worker;
            }, _ => { });
        }
        catch (AggregateException errors)
        {
            // What one thread would have thrown.
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    /// <summary>The memory that one thread maps rows with.</summary>
    private sealed class Worker
    {
        private readonly VectorMapping _mapping;
        private readonly int _output;
        private readonly MappingInput _input;
        private readonly float[]?[] _buffers;

        public Worker(VectorMapping mapping, int capacity, long? label, int output)
        {
            (_mapping, _output) = (mapping, output);
            _input = new MappingInput(mapping, capacity);
            if (label is { } given)
                _input.Labels.AsSpan().Fill(given);
            _buffers = new float[]?[mapping.Outputs.Count];
            _buffers[output] = new float[capacity * mapping.Outputs[output].Size];
        }

        public void Map(IReadOnlyList<float[]> rows, int start, float[][] results)
        {
            int count = Math.Min(_input.Capacity, rows.Count - start);
            for (int i = 0; i < count; i++)
            {
                rows[start + i].CopyTo(_input.Row(i));
                _input.Ids[i] = new DataViewRowId((ulong)(start + i), 0);
            }
            _mapping.Map(_input, count, _buffers);
            int size = _mapping.Outputs[_output].Size;
            for (int i = 0; i < count; i++)
                results[start + i] = _buffers[_output]![(i * size)..((i + 1) * size)];
        }
    }
}
