using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The sizes of a <see cref="RecurrentScan"/>, and where its numbers lie.</summary>
/// <param name="Cell">What it computes at each step.</param>
/// <param name="Units">Numbers of a state, H.</param>
/// <param name="Steps">T.</param>
/// <param name="Directions">D.</param>
internal sealed record RecurrentForm(RecurrentCell Cell, int Units, int Steps, int Directions)
{
    /// <summary>Whether only the last state of each direction is written.</summary>
    public bool LastState { get; init; }

    /// <summary>Whether every step is given the same, after which the first states follow, before their tanh.</summary>
    public bool Unfolds { get; init; }

    /// <summary>Numbers that the gates of a direction are given at a step.</summary>
    public int Gates => checked(RecurrentGates.Count(Cell) * Units);

    /// <summary>Numbers of the first states.</summary>
    public int States => checked(RecurrentGates.States(Cell) * Units);

    /// <summary>Numbers that the gates of all directions are given at a step.</summary>
    public int AllGates => checked(Directions * Gates);

    /// <summary>From one row of what it reads to the next.</summary>
    public long InputStride => Unfolds ? PackedPanels.StrideOf((long)Gates + States)
        : PackedPanels.StrideOf((long)AllGates) * Steps;

    /// <summary>From one row of its result to the next.</summary>
    public long Stride => PackedPanels.StrideOf((long)Directions * Units) * (LastState ? 1 : Steps);

    /// <summary>Where the numbers of its result lie.</summary>
    public PictureLayout Result => LastState ? PictureLayout.Vector(Directions * Units)
        : PictureLayout.Innermost(Directions * Units, Steps, PackedPanels.StrideOf(Directions * Units));

    /// <summary>Numbers that its weights take as they are laid out.</summary>
    public long Weights => Directions * PackedPanels.StrideOf((long)Gates) * Units;

    /// <summary>Where in a row lies what a step gives the gates of a direction.</summary>
    public int GivenAt(int step, int direction) =>
        Unfolds ? 0 : step * PackedPanels.StrideOf(AllGates) + direction * Gates;

    /// <summary>Where in a row of the result the state at a step goes; null where it does not.</summary>
    public int? ShownAt(int step, int direction, bool isLast) =>
        !LastState ? step * PackedPanels.StrideOf(Directions * Units) + direction * Units
        : isLast ? direction * Units : null;
}
