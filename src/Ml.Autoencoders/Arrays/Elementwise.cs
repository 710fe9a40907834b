using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Arrays;

/// <summary>
/// Formulas over spans of managed memory. A remainder shorter than a vector is filled up to one, so that the bits of a
/// number do not depend on its place.
/// </summary>
internal static class Elementwise
{
    private static int Width => Vector256<float>.Count;

    /// <summary>x := f(x).</summary>
    public static void Apply<TFunction>(Span<float> values, TFunction function) where TFunction : struct, IUnaryFunction
    {
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
            function.Of(new Lanes(Load(values, i))).Numbers.StoreUnsafe(ref values[i]);
        if (i < values.Length)
            Store(function.Of(new Lanes(LoadRest(values[i..]))).Numbers, values[i..]);
    }

    /// <summary>x := f(x, y).</summary>
    public static void Apply<TFunction>(Span<float> values, ReadOnlySpan<float> others, TFunction function)
        where TFunction : struct, IBinaryFunction
    {
        RequireLength(others, values.Length);
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
            function.Of(new Lanes(Load(values, i)), new Lanes(Load(others, i))).Numbers.StoreUnsafe(ref values[i]);
        if (i < values.Length)
            Store(function.Of(new Lanes(LoadRest(values[i..])), new Lanes(LoadRest(others[i..]))).Numbers, values[i..]);
    }

    /// <summary>x := f(x, y, z).</summary>
    public static void Apply<TFunction>(Span<float> values, ReadOnlySpan<float> second, ReadOnlySpan<float> third,
        TFunction function)
        where TFunction : struct, ITernaryFunction
    {
        RequireLength(second, values.Length);
        RequireLength(third, values.Length);
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
        {
            function.Of(new Lanes(Load(values, i)), new Lanes(Load(second, i)), new Lanes(Load(third, i)))
                .Numbers.StoreUnsafe(ref values[i]);
        }
        if (i < values.Length)
        {
            Store(function.Of(new Lanes(LoadRest(values[i..])), new Lanes(LoadRest(second[i..])),
                new Lanes(LoadRest(third[i..]))).Numbers, values[i..]);
        }
    }

    /// <summary>Σ x, of eight partial sums.</summary>
    public static float Sum(ReadOnlySpan<float> values)
    {
        Vector256<float> sum = default;
        int i = 0;
        for (; i <= values.Length - Width; i += Width)
            sum += Load(values, i);
        if (i < values.Length)
            sum += LoadRest(values[i..]);
        return Vector256.Sum(sum);
    }

    /// <summary>x := Σ Σ y, number by number: the sum over some groups of y of the sum of each.</summary>
    /// <param name="sums">x.</param>
    /// <param name="others">All y.</param>
    /// <param name="starts">Where the first number of each group is.</param>
    /// <param name="count">How many y a group has.</param>
    /// <param name="stride">From one y of a group to the next.</param>
    public static void Sum(Span<float> sums, ReadOnlySpan<float> others, ReadOnlySpan<int> starts, int count,
        int stride)
    {
        int reach = (count - 1) * stride + sums.Length;
        foreach (int start in starts)
            _ = others.Slice(start, reach); // everything that is read is there
        int i = 0;
        for (; i <= sums.Length - Width; i += Width)
        {
            Vector256<float> sum = default;
            foreach (int start in starts)
            {
                Vector256<float> group = default;
                for (int other = 0; other < count; other++)
                    group += Load(others, start + other * stride + i);
                sum += group;
            }
            sum.StoreUnsafe(ref sums[i]);
        }
        if (i == sums.Length)
            return;
        Vector256<float> rest = default;
        foreach (int start in starts)
        {
            Vector256<float> group = default;
            for (int other = 0; other < count; other++)
                group += LoadRest(others.Slice(start + other * stride + i, sums.Length - i));
            rest += group;
        }
        Store(rest, sums[i..]);
    }

    private static Vector256<float> Load(ReadOnlySpan<float> values, int start) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);

    private static Vector256<float> LoadRest(ReadOnlySpan<float> rest)
    {
        Span<float> whole = stackalloc float[Width];
        whole.Clear();
        rest[..Math.Min(rest.Length, Width)].CopyTo(whole);
        return Load(whole, 0);
    }

    private static void Store(Vector256<float> values, Span<float> rest)
    {
        Span<float> whole = stackalloc float[Width];
        values.StoreUnsafe(ref whole[0]);
        whole[..rest.Length].CopyTo(rest);
    }

    private static void RequireLength(ReadOnlySpan<float> values, int length) =>
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, length);
}
