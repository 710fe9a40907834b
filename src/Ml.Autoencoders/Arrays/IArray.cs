namespace Ml.Autoencoders.Arrays;

/// <summary>
/// The operations that layers, codes, likelihoods and scores are written in, once. Dimensions are counted from 0; from
/// the last, which is -1, where they are negative.
/// </summary>
internal interface IArray<T> : IElementwise<T> where T : struct, IArray<T>
{
    /// <summary>What steps over draws make of a start, or of nothing: some draws at a time where that saves memory, or
    /// all at once.</summary>
    /// <param name="start">The start.</param>
    /// <param name="count">How many draws.</param>
    /// <param name="step">Takes what there is so far, the first draw, and how many.</param>
    static abstract T Fold(T? start, int count, Func<T?, int, int, T> step);

    /// <summary>The number of dimensions.</summary>
    int Rank { get; }

    /// <summary>The size of a dimension; -1 for the rows of a graph, of which there can be any number.</summary>
    long Size(int dimension);

    /// <summary>Numbers that are the same for all rows, where this array is.</summary>
    T Constant(float[] numbers, params long[] shape);

    /// <summary>The sum over a dimension, which is left out, or remains with a size of 1.</summary>
    T Sum(int dimension, bool keep = false);

    /// <summary>The greatest number over a dimension, which remains with a size of 1.</summary>
    T Max(int dimension);

    /// <summary>The place of the least number over a dimension, which is left out.</summary>
    T ArgMin(int dimension);

    /// <summary>The place of the greatest number over a dimension, the first of several, which is left out.</summary>
    T ArgMax(int dimension);

    /// <summary>-ln p of a class, of V log-odds each: <c>[..., V]</c> and the number of the class from 1 on, which
    /// broadcasts to <c>[...]</c>, to that; 0 where that number is 0.</summary>
    T CrossEntropyOfClasses(T classes);

    /// <summary>The same numbers in another shape, of which -1 is the size that is left.</summary>
    T Reshape(params long[] shape);

    /// <summary><c>[B, ...]</c> to <c>[B, n]</c>.</summary>
    T Flatten();

    /// <summary>The dimensions in another order.</summary>
    T Permute(params long[] dimensions);

    /// <summary>Each half of the numbers of a row: <c>[B, 2n]</c> to <c>[B, n]</c> and <c>[B, n]</c>.</summary>
    (T First, T Second) Halves();

    /// <summary>A part of a dimension.</summary>
    T Narrow(int dimension, long start, long count);

    /// <summary>This and another side by side.</summary>
    T Concat(T other, int dimension);

    /// <summary>Any number of arrays side by side.</summary>
    static abstract T Concat(IReadOnlyList<T> parts, int dimension);

    /// <summary>Dimensions of size 1 repeated; -1 is one that stays.</summary>
    T Expand(params long[] shape);

    /// <summary>The same numbers, through which no gradient passes.</summary>
    T Detach();

    /// <summary>Where numbers are below a bound, as booleans.</summary>
    T IsBelow(double bound);

    /// <summary>Whether any number of a row is NaN or infinite: <c>[B, n]</c> to booleans, <c>[B, 1]</c>.</summary>
    T IsMissing();

    /// <summary>Which numbers are NaN, as booleans.</summary>
    T IsNaN();

    /// <summary>Whether it is known that the numbers of each row are within bounds from a place on, so that holding
    /// them there can be left out.</summary>
    bool IsHeld(long start, double least, double most);

    /// <summary>A number in place of those where a boolean is true.</summary>
    T Masked(T mask, double number);

    /// <summary>Other numbers in place of those where a boolean is true.</summary>
    T Masked(T mask, T others);

    /// <summary>Whole numbers as others.</summary>
    T AsNumbers();

    /// <summary>The whole part of each number as numbers of which the one in its place is 1, and the others are 0:
    /// <c>[...]</c> to <c>[..., count]</c>. Each is at least 0 and below the count. No gradient passes.</summary>
    T OneHot(long count);

    /// <summary>Rows of this table: <c>[K, d]</c>, <c>[n]</c> to <c>[n, d]</c>.</summary>
    T Rows(T indices);

    /// <summary><c>[n, k]</c>, <c>[k, m]</c> to <c>[n, m]</c>.</summary>
    T Product(T other);

    /// <summary>W x + b: <c>[B, in]</c>, <c>[out, in]</c>, <c>[out]</c> to <c>[B, out]</c>.</summary>
    T Linear(T weight, T bias, ForwardMode mode);

    /// <summary><c>[B, C, H, W]</c>, kernel <c>[F, C, k, l]</c>, bias <c>[F]</c> to <c>[B, F, H', W']</c>; or of one
    /// axis. Strides and padding by axis.</summary>
    T Convolve(T kernel, T bias, long[] strides, long[] padding, ForwardMode mode);

    /// <summary><c>[B, F, H', W']</c>, kernel <c>[F, C, k, l]</c>, bias <c>[C]</c> to <c>[B, C, H, W]</c>; or of one
    /// axis.</summary>
    T ConvolveTransposed(T kernel, T bias, long[] strides, long[] padding, long[] outputPadding);

    /// <summary><c>[B, C, T]</c>, kernel <c>[F, C, k]</c>, bias <c>[F]</c> to <c>[B, F, T]</c>: each step meets itself
    /// and those before it that are multiples of the dilation away.</summary>
    T ConvolveCausally(T kernel, T bias, long dilation, ForwardMode mode);

    /// <summary>The states that a recurrence shows after each step, <c>[T, B, I]</c> to <c>[T, B, D H]</c>: in D
    /// directions, the second from the last step to the first.</summary>
    /// <param name="cell">What it computes at each step.</param>
    /// <param name="states">Those before the first, <c>[D, B, H]</c> each; none where they are 0.</param>
    /// <param name="weights">Of each direction: <c>[G H, I]</c>, <c>[G H, H]</c>, <c>[G H]</c>, <c>[G H]</c>, with the
    /// G gates in PyTorch's order: i, f, g, o, or r, z, n.</param>
    /// <param name="mode">Training or prediction.</param>
    T Recurrent(RecurrentCell cell, IReadOnlyList<T> states, IReadOnlyList<T> weights, ForwardMode mode);

    /// <summary>Each feature of <c>[B, C, ...]</c> to mean 0 and variance 1, by those of the batch in training, which
    /// the running ones follow, then scaled and shifted: all <c>[C]</c>.</summary>
    T BatchNorm(T scale, T shift, T mean, T variance, double momentum, double epsilon, ForwardMode mode);

    /// <summary>Each row to mean 0 and variance 1, then scaled and shifted by numbers of its shape; or, where these
    /// have fewer dimensions, each innermost part of a row that has theirs.</summary>
    T LayerNorm(T scale, T shift, double epsilon);

    /// <summary>In training, some numbers set to 0, and the rest divided by the share of them.</summary>
    T Dropout(float rate, ForwardMode mode);

    /// <summary>In training, some numbers set to 0.</summary>
    T Dropped(float rate, ForwardMode mode);
}
