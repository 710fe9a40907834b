namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The sum over the draws of a row, added in their order, so that it does not depend on how they are cut into
/// blocks.</summary>
/// <param name="isOfLogarithms">Whether the logarithm of the mean of e^x is requested, not the mean of x.</param>
internal struct DrawSum(bool isOfLogarithms)
{
    /// <summary>The greatest x so far, which is taken out of the sum: e^x may overflow.</summary>
    private double _peak = double.NegativeInfinity;

    private double _sum;
    private int _count;

    public void Add(double x)
    {
        _count++;
        if (!isOfLogarithms)
        {
            _sum += x;
        }
        else if (x > _peak)
        {
            _sum = _sum * Math.Exp(_peak - x) + 1;
            _peak = x;
        }
        else if (!double.IsNegativeInfinity(x))
        {
            _sum += Math.Exp(x - _peak);
        }
    }

    public readonly double Mean => isOfLogarithms ? _peak + Math.Log(_sum / _count) : _sum / _count;
}
