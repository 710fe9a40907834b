using System.CommandLine;
using System.Diagnostics;
using Anomalies;
using Samples;
using Samples.Data;

// What a detector has never seen: digits, each in turn the normal one, and machines of a CSV file whose values do
// not fit together, with the value that gives them away. Some 4 minutes on two cores.
var epochs = new Option<int?>("--epochs")
{
    Description = "Passes over the training rows. Default: 30 of digits, and of machines what the detector chooses.",
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
    Description = "The folder for the pictures and the file of machines.",
    DefaultValueFactory = _ => "out",
};
var machines = new Option<bool>("--machines")
{
    Description = "Machines alone, without the digits.",
};
epochs.AtLeast(1);
rows.AtLeast(1000);

var root = new RootCommand("Unusual digits and unusual machines.") { epochs, rows, data, output, machines };
root.SetAction(parsed => CommandLine.Try(() =>
{
    var clock = Stopwatch.StartNew();
    var settings = new Settings(parsed.GetValue(epochs), parsed.GetRequiredValue(output));
    Directory.CreateDirectory(settings.OutputFolder);
    if (!parsed.GetValue(machines))
        new DigitStation(Mnist.Load(parsed.GetRequiredValue(data), parsed.GetValue(rows)), settings).Run();
    new MachineStation(settings).Run();
    Console.WriteLine($"{clock.Elapsed.TotalSeconds:N0} seconds.");
}));
return CommandLine.Run(root, args);
