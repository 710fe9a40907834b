namespace Ml.Autoencoders.Tests;

/// <summary>What a stage with the columns of <see cref="Stage"/> adds to a row.</summary>
internal sealed class Scored
{
    public float[] Code { get; set; } = [];

    public float[] Clean { get; set; } = [];

    public float Error { get; set; }
}
