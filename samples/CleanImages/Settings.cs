using Ml.Autoencoders;

namespace CleanImages;

/// <summary>What the command line says.</summary>
internal sealed record Settings(int Epochs, string Noise, (int Width, int Height)? Size, string Colors, string Layout,
    string OutputFolder)
{
    public const int Seed = 1;
    public const string Found = "found";
    public const string Gray = "gray";
    public const string Color = "color";
    public const string Planar = "planar";
    public const string Interleaved = "interleaved";

    /// <summary>What the options leave open, a picture decides.</summary>
    public PictureFormat Format(string path)
    {
        PictureFormat found = PictureFormat.Of(path);
        return new PictureFormat(Size?.Width ?? found.Width, Size?.Height ?? found.Height,
            Colors == Found ? found.IsColor : Colors == Color, Layout == Interleaved);
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
