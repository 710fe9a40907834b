using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Rows in managed memory on their way to tensors: pieces of bounded size, filled one row at a time.</summary>
/// <param name="width">Numbers a row.</param>
internal sealed class RowTable(int width)
{
    private const int PieceNumbers = 1 << 20;

    private readonly List<float[]> _pieces = [];
    private readonly int _pieceRows = Math.Max(1, PieceNumbers / width);

    public int Width => width;

    public long Count { get; private set; }

    /// <summary>Room for the next row, to be filled by the caller.</summary>
    public Span<float> Add()
    {
        int inPiece = (int)(Count % _pieceRows);
        if (inPiece == 0)
            _pieces.Add(new float[(long)_pieceRows * width]);
        Count++;
        return _pieces[^1].AsSpan(inPiece * width, width);
    }

    /// <summary>All rows as one tensor <c>[N, D]</c> on the CPU. Lets go of each piece as it is copied.</summary>
    public Tensor ToTensor()
    {
        Tensor table = empty([Count, width], dtype: ScalarType.Float32, device: CPU);
        for (int i = 0; i < _pieces.Count; i++)
        {
            long start = (long)i * _pieceRows;
            int rows = (int)Math.Min(_pieceRows, Count - start);
            using Tensor slice = table.narrow(0, start, rows);
            using Tensor piece = tensor(_pieces[i].AsMemory(0, rows * width), [rows, width], device: CPU);
            slice.copy_(piece);
            _pieces[i] = [];
        }
        return table;
    }
}
