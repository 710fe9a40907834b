using System.CommandLine;
using Digits;
using Samples;
using Samples.Data;

// Trains autoencoders on handwritten digits inside ML.NET pipelines, compares them with PCA, saves the best and draws
// what they do. "Digits predict --model FILE" is what the second process runs.
var epochs = new Option<int>("--epochs")
{
    Description = "Passes over the training digits.",
    DefaultValueFactory = _ => 8,
};
var rows = new Option<int?>("--rows")
{
    Description = "Training digits to use, from the first, at least 1000. Default: all.",
};
var codeSize = new Option<int>("--code-size") { Description = "Numbers in a code.", DefaultValueFactory = _ => 32 };
var network = new Option<string>("--network")
{
    Description = "dense or conv.",
    DefaultValueFactory = _ => Settings.Dense,
};
var data = new Option<string>("--data")
{
    Description = "A folder with the four MNIST files (IDX, gzipped or not).",
    DefaultValueFactory = _ => Mnist.Embedded,
};
var output = new Option<string>("--out")
{
    Description = "The folder for the model and the pictures.",
    DefaultValueFactory = _ => "out",
};
var model = new Option<string>("--model") { Description = "A model that the sample saved.", Required = true };

epochs.AtLeast(1);
rows.AtLeast(1000);
codeSize.AtLeast(1);
network.AcceptOnlyFromAmong(Settings.Dense, Settings.Convolutional);

var predict = new Command("predict", "Loads a saved model and reads some test digits.") { model, data };
predict.SetAction(parsed =>
    CommandLine.Try(() => Prediction.Run(parsed.GetRequiredValue(model), parsed.GetRequiredValue(data))));

var root = new RootCommand("Autoencoders against PCA on MNIST, in ML.NET pipelines.")
{
    epochs,
    rows,
    codeSize,
    network,
    data,
    output,
    predict,
};
root.SetAction(parsed => CommandLine.Try(() => new Experiment(new Settings(
    parsed.GetValue(epochs), parsed.GetValue(rows), parsed.GetValue(codeSize), parsed.GetRequiredValue(network),
    parsed.GetRequiredValue(data), parsed.GetRequiredValue(output))).Run()));
return CommandLine.Run(root, args);
