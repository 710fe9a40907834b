using System.CommandLine;
using CompareWithPca;
using Samples;
using Samples.Data;

// Three autoencoders and two PCAs on handwritten digits, measured alike at several sizes of codes: as a table for
// people, one for programs, and a page with pictures that needs nothing beside it.
var rows = new Option<int>("--rows")
{
    Description = "Training digits to use, from the first, at least 1000.",
    DefaultValueFactory = _ => 15_000,
};
var epochs = new Option<int>("--epochs")
{
    Description = "Passes over the training digits.",
    DefaultValueFactory = _ => 15,
};
var codeSizes = new Option<int[]>("--code-sizes")
{
    Description = "Numbers in a code, one or more.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [2, 8, 16, 32],
};
var data = new Option<string>("--data")
{
    Description = "A folder with the four MNIST files (IDX, gzipped or not).",
    DefaultValueFactory = _ => Mnist.Embedded,
};
var output = new Option<string>("--out")
{
    Description = "The folder for the tables and the report.",
    DefaultValueFactory = _ => "out",
};
rows.AtLeast(1000);
epochs.AtLeast(1);

var root =
    new RootCommand("PCA and autoencoders compared on MNIST, with a report.") { rows, epochs, codeSizes, data, output };
root.SetAction(parsed => CommandLine.Try(() => Experiment.Run(new Settings(
    parsed.GetValue(rows), parsed.GetValue(epochs), parsed.GetRequiredValue(codeSizes),
    parsed.GetRequiredValue(data), parsed.GetRequiredValue(output)))));
return CommandLine.Run(root, args);
