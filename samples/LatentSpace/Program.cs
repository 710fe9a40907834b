using System.CommandLine;
using LatentSpace;
using Samples;
using Samples.Data;

// What codes of handwritten digits look like, and what is drawn from them: the plane of a code of two numbers, new
// digits, ways between digits, and digits by label. Some 8 minutes on two cores.
var epochs = new Option<int>("--epochs")
{
    Description = "Passes over the training digits.",
    DefaultValueFactory = _ => 15,
};
var rows = new Option<int?>("--rows")
{
    Description = "Training digits to use, from the first, at least 1000. Default: all.",
};
var data = new Option<string>("--data")
{
    Description = "A folder with the four MNIST files (IDX, gzipped or not).",
    DefaultValueFactory = _ => Mnist.Embedded,
};
var output = new Option<string>("--out")
{
    Description = "The folder for the pictures.",
    DefaultValueFactory = _ => "out",
};
epochs.AtLeast(1);
rows.AtLeast(1000);

var root =
    new RootCommand(
        "The latent space of variational autoencoders and their relatives, on MNIST.") { epochs, rows, data, output };
root.SetAction(parsed => CommandLine.Try(() => Tour.Run(new Settings(
    parsed.GetValue(epochs), parsed.GetValue(rows), parsed.GetRequiredValue(data), parsed.GetRequiredValue(output)))));
return CommandLine.Run(root, args);
