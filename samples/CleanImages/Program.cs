using System.CommandLine;
using CleanImages;
using Samples;
using Samples.Data;

// Takes noise off pictures, from files to files: those of two folders, or with no arguments handwritten
// digits, which it also enlarges.
var train = new Option<string?>("--train")
{
    Description = "A folder of clean pictures to learn from. Default: digits of MNIST.",
};
var input = new Option<string?>("--in") { Description = "A folder of pictures to clean." };
var output = new Option<string>("--out")
{
    Description = "The folder for clean pictures and the model.",
    DefaultValueFactory = _ => "out",
};
var size = new Option<string?>("--size")
{
    Description =
        "The size of resized pictures, as 64x48 (width x height). Default: the size of the first one, at most 64 on " +
            "a side.",
};
var colors = new Option<string>("--colors")
{
    Description = "found (as the first picture has them), gray or color.",
    DefaultValueFactory = _ => Settings.Found,
};
var layout = new Option<string>("--layout")
{
    Description = "Pixels in the data view: planar or interleaved.",
    DefaultValueFactory = _ => Settings.Planar,
};
var noise = new Option<string>("--noise")
{
    Description =
        "Noise in training: keras (standard deviation 0.5, clipped), course (mean 0.5, standard deviation " +
            "0.3) or a standard deviation, clipped.",
    DefaultValueFactory = _ => Noise.Keras,
};
var epochs = new Option<int>("--epochs")
{
    Description = "Passes over the training pictures.",
    DefaultValueFactory = _ => 20,
};
var rows = new Option<int>("--rows")
{
    Description = "Training digits, where no folder is given.",
    DefaultValueFactory = _ => 4000,
};
var data = new Option<string>("--data")
{
    Description = "A folder with the four MNIST files (IDX, gzipped or not).",
    DefaultValueFactory = _ => Mnist.Embedded,
};

epochs.AtLeast(1);
rows.AtLeast(100);
colors.AcceptOnlyFromAmong(Settings.Found, Settings.Gray, Settings.Color);
layout.AcceptOnlyFromAmong(Settings.Planar, Settings.Interleaved);
size.Validators.Add(result =>
{
    if (result.Tokens is [var token] && PictureFormat.ParseSize(token.Value) is null)
        result.AddError($"--size is '{token.Value}'; it must be like 64x48.");
});
noise.Validators.Add(result =>
{
    if (result.Tokens is [var token] && Noise.Named(token.Value) is null)
        result.AddError($"--noise is '{token.Value}'; it must be {Noise.Keras}, {Noise.Course} or a number above 0.");
});

var root = new RootCommand("Removes noise from pictures and enlarges them.")
{
    train,
    input,
    output,
    size,
    colors,
    layout,
    noise,
    epochs,
    rows,
    data,
};
root.Validators.Add(result =>
{
    if (result.GetValue(train) is null != result.GetValue(input) is null)
        result.AddError("--train and --in go together: one folder to learn from, one to clean.");
});
root.Validators.Add(result =>
{
    bool hasFolders = result.GetValue(train) is not null;
    Option[] others = hasFolders ? [rows, data] : [size, colors, layout, noise];
    if (others.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } given)
        result.AddError($"{given.Name} goes {(hasFolders ? "without" : "with")} --train and --in.");
});
root.SetAction(parsed => CommandLine.Try(() =>
{
    var settings = new Settings(parsed.GetValue(epochs), parsed.GetRequiredValue(noise),
        parsed.GetValue(size) is { } text ? PictureFormat.ParseSize(text) : null,
        parsed.GetRequiredValue(colors), parsed.GetRequiredValue(layout), parsed.GetRequiredValue(output));
    if (parsed.GetValue(train) is { } trainingFolder && parsed.GetValue(input) is { } noisyFolder)
        new FolderJob(settings, trainingFolder, noisyFolder).Run();
    else
        Tour.Run(settings, Mnist.Load(parsed.GetRequiredValue(data), parsed.GetValue(rows)));
}));
return CommandLine.Run(root, args);
