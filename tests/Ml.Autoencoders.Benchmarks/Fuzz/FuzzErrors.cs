using System.Reflection;
using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Which errors are answers, and which are accidents.</summary>
internal static class FuzzErrors
{
    /// <summary>What a caller gets from a file with an accident. What ML.NET throws of itself is its own
    /// affair.</summary>
    public static Verdict OfAccident(Exception error) =>
        Chain(error).Any(IsAccident) && IsOurs(error) ? Wrong(error) : Verdict.Refused;

    /// <summary>What a caller gets from a model file or a file of weights whose digests are right: a
    /// <see cref="FormatException"/>.</summary>
    public static Verdict OfForgery(Exception error) =>
        Chain(error).SkipWhile(IsWrapper).FirstOrDefault() is FormatException
            && !Chain(error).OfType<OutOfMemoryException>().Any() ? Verdict.Refused : Wrong(error);

    /// <summary>What a caller gets from a model that was read and cannot do what is asked: a column of another size,
    /// for example.</summary>
    public static Verdict OfUse(Exception error) =>
        Chain(error).All(link => link is ArgumentException or InvalidOperationException or FormatException)
            ? Verdict.Refused : Wrong(error);

    /// <summary>What a caller gets from a checkpoint.</summary>
    public static Verdict OfCheckpoint(Exception error) =>
        error.GetType() == typeof(InvalidOperationException) ? Verdict.Refused : Wrong(error);

    private static Verdict Wrong(Exception error) => Verdict.Violation(
        string.Join(" < ", Chain(error).Select(link => $"{link.GetType().Name}: {link.Message}").Reverse()));

    /// <summary>What ML.NET's loader puts around what a component throws.</summary>
    private static bool IsWrapper(Exception error) => error is InvalidOperationException or TargetInvocationException;

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            yield return error;
    }

    private static bool IsAccident(Exception error) =>
        error is NullReferenceException or IndexOutOfRangeException or OutOfMemoryException or InvalidCastException
            or ArithmeticException or KeyNotFoundException
            or AccessViolationException or ExternalException or NotImplementedException or ArrayTypeMismatchException
                or RankException;

    private static bool IsOurs(Exception error) =>
        error.GetBaseException().StackTrace?.Contains("Ml.Autoencoders.", StringComparison.Ordinal) == true;
}
