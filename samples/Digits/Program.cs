using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Digits;
using Digits.Data;

// Trains autoencoders on handwritten digits inside ML.NET pipelines, compares them with PCA, saves the best and draws
// what they do. "Digits predict --model FILE" is what the second process runs.
var epochs = new Option<int>("--epochs") { Description = "Passes over the training digits.", DefaultValueFactory = _ => 8 };
var rows = new Option<int?>("--rows") { Description = "Training digits to use, from the first, at least 1000. Default: all." };
var codeSize = new Option<int>("--code-size") { Description = "Numbers in a code.", DefaultValueFactory = _ => 32 };
var network = new Option<string>("--network") { Description = "dense or conv.", DefaultValueFactory = _ => Settings.Dense };
var data = new Option<string>("--data") { Description = "A folder with the four MNIST files (IDX, gzipped or not).", DefaultValueFactory = _ => Mnist.Embedded };
var output = new Option<string>("--out") { Description = "The folder for the model and the pictures.", DefaultValueFactory = _ => "out" };
var model = new Option<string>("--model") { Description = "A model that the sample saved.", Required = true };

RequireAtLeast(epochs, 1);
RequireAtLeast(rows, 1000);
RequireAtLeast(codeSize, 1);
network.AcceptOnlyFromAmong(Settings.Dense, Settings.Convolutional);

var predict = new Command("predict", "Loads a saved model and reads some test digits.") { model, data };
predict.SetAction(parsed => Run(() => Prediction.Run(parsed.GetRequiredValue(model), parsed.GetRequiredValue(data))));

var root = new RootCommand("Autoencoders against PCA on MNIST, in ML.NET pipelines.") { epochs, rows, codeSize, network, data, output, predict };
root.SetAction(parsed => Run(() => new Experiment(new Settings(
    parsed.GetValue(epochs), parsed.GetValue(rows), parsed.GetValue(codeSize), parsed.GetRequiredValue(network),
    parsed.GetRequiredValue(data), parsed.GetRequiredValue(output))).Run()));
// A terminal that was left in the middle of a bar gets its cursor back.
Console.CancelKeyPress += (_, _) => Spectre.Console.AnsiConsole.Cursor.Show(true);

ParseResult result = root.Parse(args);
if (result.Action is ParseErrorAction wrong)
    wrong.ShowHelp = false;
return result.Invoke();

static void RequireAtLeast<T>(Option<T> option, int least) => option.Validators.Add(result =>
{
    // What is no number at all is told by the parser itself.
    if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int value) && value < least)
        result.AddError($"{option.Name} is {value}; it must be at least {least}.");
});

// What a user can mend is told in a line; anything else is a bug and keeps its stack.
static int Run(Action action)
{
    try
    {
        action();
        return 0;
    }
    catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException or ArgumentException)
    {
        Console.Error.WriteLine(error.Message);
        return 1;
    }
}
