using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Fills memory that is free, and memory beside what comes next, with a number: who reads what is not his
/// reads that.</summary>
internal sealed class Poison
{
    private readonly float[] _numbers = new float[1 << 16];
    private readonly float[][] _neighbors = new float[32][];

    public void Spread(float number)
    {
        Array.Fill(_numbers, number);
        for (int count = 16; count <= _numbers.Length; count *= 2)
        {
            for (int i = 0; i < 4; i++)
            {
                nint block = Marshal.AllocHGlobal(count * sizeof(float));
                Marshal.Copy(_numbers, 0, block, count);
                Marshal.FreeHGlobal(block);
            }
        }
        for (int i = 0; i < _neighbors.Length; i++)
        {
            _neighbors[i] = new float[16 << (i % 8)];
            _neighbors[i].AsSpan().Fill(number);
        }
    }
}
