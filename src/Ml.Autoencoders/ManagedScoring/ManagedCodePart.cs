using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The part of codes in the scores of their rows: the managed counterpart of
/// <see cref="Models.Prediction{T}.CodePart"/>.</summary>
internal sealed class ManagedCodePart
{
    private readonly PackedLinear _whitening;
    private readonly int _codeSize;
    private readonly int _inputs;

    private ManagedCodePart(ModelDefinition definition, ModelNumbers numbers)
    {
        _codeSize = definition.Network.CodeSize;
        _inputs = definition.Network.InputSize;
        _whitening = new PackedLinear(numbers[ScoreNumbers.CodeWeight], numbers[ScoreNumbers.CodeBias], labels: 0);
    }

    /// <summary>Numbers that a row needs on its way.</summary>
    public int Stride => _whitening.Stride;

    /// <summary>Null where the code has no part in the score.</summary>
    public static ManagedCodePart? Of(ModelDefinition definition, ModelNumbers numbers) =>
        definition.Score.HaveCode() ? new ManagedCodePart(definition, numbers) : null;

    /// <summary>Computes the part of each row.</summary>
    /// <param name="rows">The rows, in the network's units.</param>
    /// <param name="codes">Their codes.</param>
    /// <param name="count">How many.</param>
    /// <param name="room">Room for <see cref="Stride"/> numbers of each.</param>
    /// <param name="parts">A number for each.</param>
    public void Run(BlockRows rows, BlockRows codes, int count, Span<float> room, Span<float> parts)
    {
        _whitening.Run(codes, count, [], room);
        for (int row = 0; row < count; row++)
        {
            Span<float> whitened = room.Slice(row * Stride, _codeSize);
            Elementwise.Apply(whitened, default(CodeDistance.Square));
            ReadOnlySpan<float> numbers = rows.Row(row, _inputs);
            parts[row] = MissingValues.AreIn(numbers)
                ? float.NaN : MissingValues.OrEndless(Elementwise.Sum(whitened), numbers);
        }
    }
}
