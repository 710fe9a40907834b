using Ml.Autoencoders;

namespace CleanImages;

/// <summary>What the command line says.</summary>
internal sealed record Settings(int Epochs, string Noise, (int Width, int Height)? Size, string Colours, string Layout, string OutputFolder)
{
    public const int Seed = 1;
    public const string Found = "found";
    public const string Grey = "grey";
    public const string Colour = "colour";
    public const string Planar = "planar";
    public const string Interleaved = "interleaved";

    /// <summary>What the options leave open, a picture decides.</summary>
    public PictureFormat Format(string path)
    {
        PictureFormat found = PictureFormat.Of(path);
        return new PictureFormat(Size?.Width ?? found.Width, Size?.Height ?? found.Height,
            Colours == Found ? found.IsColour : Colours == Colour, Layout == Interleaved);
    }

    public TrainingOptions Training(Action<TrainingEpoch> onEpoch) => new()
    {
        Epochs = Epochs,
        LearningRate = 3e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
        OnEpoch = onEpoch,
    };
}
