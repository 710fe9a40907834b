using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Estimators;

/// <summary>The rows with the highest scores among many, kept to be scored once more, each alone.</summary>
/// <remarks>Torch has different kernels for one row and for many, with different last bits: how far apart the two are
/// is measured where it decides.</remarks>
internal sealed class HighestRows
{
    private const int Most = 32;

    private readonly PriorityQueue<(float[] Values, long? Label, float Score), float> _rows = new();

    /// <summary>Keeps those of a batch that are among the highest so far.</summary>
    public void Add(RowBatch batch, float[] scores)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            if (!float.IsFinite(scores[row]) || _rows.Count == Most && scores[row] <= _rows.Peek().Score)
                continue;
            using var scope = NewDisposeScope();
            long? label = batch.Labels?.select(0, row).item<long>();
            _rows.Enqueue((batch.Values.narrow(0, row, 1).ToNumbers(), label, scores[row]), scores[row]);
            if (_rows.Count > Most)
                _rows.Dequeue();
        }
    }

    /// <summary>The greatest distance between the score of a row alone and with others.</summary>
    public double Rounding(AutoencoderModel model, Func<RowBatch, float[]> score)
    {
        double most = 0;
        foreach ((float[] Values, long? Label, float Score) row in _rows.UnorderedItems.Select(item => item.Element))
        {
            using var scope = NewDisposeScope();
            Tensor values = tensor(row.Values, [1, row.Values.Length], dtype: ScalarType.Float32, device: CPU);
            Tensor? label = row.Label is { } index ? tensor([index], dtype: ScalarType.Int64, device: CPU) : null;
            double distance = Math.Abs((double)score(new RowBatch(values, label).To(model.Device))[0] - row.Score);
            most = double.IsFinite(distance) ? Math.Max(most, distance) : most;
        }
        return most;
    }
}
