namespace FreshProcess;

/// <summary>What a prediction gives.</summary>
internal sealed class LoaderCode
{
    public float[] Code { get; set; } = [];
}
