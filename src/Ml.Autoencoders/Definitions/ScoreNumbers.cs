using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Definitions;

/// <summary>The numbers that the score of a detector is computed with, beside those of the network. They are estimated
/// after training (<see cref="Estimators.ScoreEstimate"/>); training leaves them alone.</summary>
internal static class ScoreNumbers
{
    /// <summary>W of the code's part, |W z + b|²: <c>[Z, Z]</c>.</summary>
    public const string CodeWeight = "score.code.weight";

    /// <summary>b of the code's part: <c>[Z]</c>.</summary>
    public const string CodeBias = "score.code.bias";

    /// <summary>What the error of each slot is multiplied by: <c>[D]</c>.</summary>
    public const string SlotWeights = "score.slots.weight";

    /// <summary>What the error of a hidden column is multiplied by in a reason: <c>[C]</c>.</summary>
    public const string ReasonScale = "score.reasons.scale";

    /// <summary>What is added to it then: <c>[C]</c>.</summary>
    public const string ReasonOffset = "score.reasons.offset";

    /// <summary>Whether the code has a part in the score.</summary>
    public static bool HaveCode(this AnomalyScoreKind kind) => kind != AnomalyScoreKind.ReconstructionError;

    /// <summary>Whether the slots' errors have weights in the score.</summary>
    public static bool HaveSlots(this AnomalyScoreKind kind) => kind == AnomalyScoreKind.Both;

    /// <summary>The tensors of a kind of score.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="codeSize">Numbers of a code, Z.</param>
    /// <param name="rowSize">Numbers of a row, D.</param>
    public static IEnumerable<ParameterSpec> Of(AnomalyScoreKind kind, int codeSize, int rowSize)
    {
        if (kind.HaveCode())
        {
            yield return Buffer(CodeWeight, codeSize, codeSize);
            yield return Buffer(CodeBias, codeSize);
        }
        if (kind.HaveSlots())
            yield return Buffer(SlotWeights, rowSize);
    }

    /// <summary>The tensors of the reasons that a detector gives.</summary>
    /// <param name="columns">Columns of a row, C.</param>
    public static IEnumerable<ParameterSpec> OfReasons(int columns) =>
        [Buffer(ReasonScale, columns), Buffer(ReasonOffset, columns)];

    private static ParameterSpec Buffer(string name, params long[] shape) =>
        new(name, shape, Initialization.Zeros, IsTrained: false);
}
