using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>The moments of codes that come in parts, of which none has to be kept.</summary>
/// <remarks>Parts are joined as in Chan, Golub and LeVeque 1979 ("Updating Formulae and a Pairwise Algorithm for
/// Computing Sample Variances"), in double: from 0, products would lose the digits of codes far from it.</remarks>
/// <param name="size">Numbers of a code, Z.</param>
internal sealed class RunningMoments(int size)
{
    private readonly double[] _mean = new double[size];
    private readonly double[][] _products = [.. Enumerable.Range(0, size).Select(i => new double[i + 1])];

    /// <summary>Codes so far.</summary>
    public long Count { get; private set; }

    /// <summary>Those of the codes so far, at least one.</summary>
    public Moments Moments =>
        new(Count, [.. _mean], [.. _products.Select(row => row.Select(product => product / Count).ToArray())]);

    /// <summary>Adds codes, <c>[B, Z]</c>, at least one.</summary>
    public void Add(Tensor codes)
    {
        using var scope = NewDisposeScope();
        long count = codes.shape[0];
        Tensor numbers = codes.cpu().to(ScalarType.Float64);
        Tensor mean = numbers.mean([0]);
        Tensor offsets = numbers - mean;
        Join(count, mean.data<double>().ToArray(), offsets.t().mm(offsets).contiguous().data<double>().ToArray());
    }

    private void Join(long count, double[] mean, double[] products)
    {
        double all = Count + count;
        double[] differences = [.. mean.Zip(_mean, (other, own) => other - own)];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                _products[i][j] += products[i * size + j] + differences[i] * differences[j] * (Count * (count / all));
        }
        for (int i = 0; i < size; i++)
            _mean[i] += differences[i] * (count / all);
        Count += count;
    }
}
