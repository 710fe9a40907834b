namespace Ml.Autoencoders.Arrays;

/// <summary>The formulas of <see cref="RecurrentCell"/>, once: of whole tensors step by step, and of rows in managed
/// memory in passes.</summary>
internal static class RecurrentGates
{
    /// <summary>Parts of the weights of a cell, G.</summary>
    public static int Count(RecurrentCell cell) => cell == RecurrentCell.Lstm ? 4 : 3;

    /// <summary>Numbers that a cell keeps for each unit, S: with an LSTM's, its memory.</summary>
    public static int States(RecurrentCell cell) => cell == RecurrentCell.Lstm ? 2 : 1;

    /// <summary>An LSTM's s(i) tanh(g), of g and i.</summary>
    public readonly struct Candidate : IBinaryFunction
    {
        public T Of<T>(T x, T y) where T : IElementwise<T> => x.Tanh() * y.Sigmoid(ForwardMode.Prediction);
    }

    /// <summary>An LSTM's c', of c, f and <see cref="Candidate"/>.</summary>
    public readonly struct Memory : ITernaryFunction
    {
        public T Of<T>(T x, T y, T z) where T : IElementwise<T> => x * y.Sigmoid(ForwardMode.Prediction) + z;
    }

    /// <summary>An LSTM's h', of o and c'.</summary>
    public readonly struct Shown : IBinaryFunction
    {
        public T Of<T>(T x, T y) where T : IElementwise<T> => x.Sigmoid(ForwardMode.Prediction) * y.Tanh();
    }

    /// <summary>A GRU's n, of b, r and a.</summary>
    public readonly struct New : ITernaryFunction
    {
        public T Of<T>(T x, T y, T z) where T : IElementwise<T> => (x * y.Sigmoid(ForwardMode.Prediction) + z).Tanh();
    }

    /// <summary>A GRU's h', of h, z and n.</summary>
    public readonly struct Mixed : ITernaryFunction
    {
        public T Of<T>(T x, T y, T z) where T : IElementwise<T> => z + (x - z) * y.Sigmoid(ForwardMode.Prediction);
    }

    /// <summary>The sum of both parts of gates.</summary>
    public readonly struct Sum : IBinaryFunction
    {
        public T Of<T>(T x, T y) where T : IElementwise<T> => x + y;
    }

    /// <summary>States that begin as a function of a code.</summary>
    public readonly struct First : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x.Tanh();
    }
}
