using System.CommandLine;
using Samples;
using Samples.Data;
using ScoreWithOnnx;

// Trains an autoencoder on handwritten digits, exports its encoder, and lets another process, in which there is no
// torch, compute the codes of the test digits with ONNX Runtime. "ScoreWithOnnx score --model FILE" is what the second
// process runs. Less than a minute on two cores.
var epochs = new Option<int>("--epochs")
{
    Description = "Passes over the training digits.",
    DefaultValueFactory = _ => 4,
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
    Description = "The folder for the exported files.",
    DefaultValueFactory = _ => "out",
};
var model = new Option<string>("--model") { Description = "An encoder that the sample exported.", Required = true };
epochs.AtLeast(1);
rows.AtLeast(1000);

var score = new Command("score", "Computes the codes of the test digits with ONNX Runtime.") { model, data };
score.SetAction(parsed =>
    CommandLine.Try(() => ScoringProcess.Run(parsed.GetRequiredValue(model), parsed.GetRequiredValue(data))));

var root =
    new RootCommand(
        "An autoencoder that is trained with torch and scores without it.") { epochs, rows, data, output, score };
root.SetAction(parsed => CommandLine.Try(() =>
    new Experiment(parsed.GetValue(epochs), parsed.GetValue(rows), parsed.GetRequiredValue(data),
        parsed.GetRequiredValue(output)).Run()));
return CommandLine.Run(root, args);
