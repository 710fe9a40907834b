using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Heartbeats;
using Heartbeats.Reading;
using Ml.Autoencoders;
using Samples;

// Learns series without labels, and reports what is unusual in them: premature beats of an electrocardiogram, or
// whatever it is in a CSV file. Less than a minute on two cores.
var csv = new Option<string?>("--csv")
{
    Description = "A CSV file whose first line names its columns. Default: an electrocardiogram of five minutes.",
};
var columns = new Option<string?>("--columns")
{
    Description = "The columns of numbers, as A,B. Default: all but those of time and group.",
};
var time = new Option<string?>("--time")
{
    Description = "The column of dates or numbers by which the rows of a series rise. Default: the order of rows.",
};
var group = new Option<string?>("--group")
{
    Description = "The column that says which series a row belongs to. Default: all rows are one series.",
};
var window = new Option<int?>("--window")
{
    Description = $"Rows of a window, at least {Requirements.ShortestWindow}. Default: the period of the first column.",
};
var unusual = new Option<float?>("--unusual")
{
    Description = "The share of windows that may be unusual, from which nothing is learned: at least 0, below 1. " +
        "Default: 0.35 of the electrocardiogram, 0.02 of a file.",
};
var score = new Option<WindowScore>("--score")
{
    Description = "What the score of a row is: that of the window that ends in it (window), its error there " +
        "(laststep), or the mean or the maximum over all windows that hold it.",
    // An anomaly is unusual in each window that holds it, so the mean is highest right at it.
    DefaultValueFactory = _ => WindowScore.Mean,
};
var epochs = new Option<int?>("--epochs")
{
    Description = "Passes over the windows in each fit. Default: as many as are needed.",
};
var rows = new Option<int?>("--rows")
{
    Description = "Rows to use, from the first, at least 100. Default: all.",
};
var output = new Option<string>("--out")
{
    Description = "The folder for the picture and the file of alarms.",
    DefaultValueFactory = _ => "out",
};
window.AtLeast(Requirements.ShortestWindow);
epochs.AtLeast(1);
rows.AtLeast(100);
unusual.Validators.Add(result =>
{
    if (result.Tokens is [var token] && float.TryParse(token.Value, CultureInfo.InvariantCulture, out float share)
        && !(share is >= 0 and < 1))
        result.AddError($"--unusual is {token.Value}; it must be at least 0 and below 1.");
});

var root = new RootCommand("What is unusual in a series.")
{
    csv,
    columns,
    time,
    group,
    window,
    unusual,
    score,
    epochs,
    rows,
    output,
};
root.Validators.Add(result =>
{
    if (result.GetValue(csv) is null && ((Option[])[columns, time, group])
        .FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } given)
        result.AddError($"{given.Name} goes with --csv.");
});
root.SetAction(parsed => CommandLine.Try(() =>
{
    var clock = Stopwatch.StartNew();
    string? path = parsed.GetValue(csv);
    var settings = new Settings(parsed.GetValue(window), parsed.GetValue(unusual) ?? (path is null ? 0.35f : 0.02f),
        parsed.GetValue(score), parsed.GetValue(epochs), parsed.GetRequiredValue(output));
    SeriesTable? table = path is null ? null
        : new CsvSeries(path, parsed.GetValue(columns)?.Split(',', StringSplitOptions.TrimEntries),
            parsed.GetValue(time), parsed.GetValue(group)).Read(parsed.GetValue(rows));
    Directory.CreateDirectory(settings.OutputFolder);
    if (table is null)
        HeartbeatStation.Run(settings, parsed.GetValue(rows));
    else
        FileStation.Run(settings, table);
    Console.WriteLine($"{clock.Elapsed.TotalSeconds:N0} seconds.");
}));
return CommandLine.Run(root, args);
