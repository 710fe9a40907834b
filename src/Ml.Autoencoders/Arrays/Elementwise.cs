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
