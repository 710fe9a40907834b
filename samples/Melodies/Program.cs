using System.CommandLine;
using System.Diagnostics;
using Melodies;
using Ml.Autoencoders.Music;
using Samples;

// Reads melodies from a folder of MIDI and ABC files, or those that come with the program, says what each file gave,
// and trains a variational autoencoder that gives them back, draws others, blends two, and adds attributes to one.
// Some two minutes on two cores.
var folder = new Option<string?>("--in")
{
    Description = "A folder of MIDI files (.mid, .midi) and files of tunes in ABC notation (.abc). " +
        "Default: traditional melodies that come with the program.",
};
var rows = new Option<int?>("--rows")
{
    Description = $"Melodies to use, from the first, at least {Division.FewestMelodies}. Default: all.",
};
var epochs = new Option<int?>("--epochs")
{
    Description = "Passes over the melodies, transposed ones among them. Default: as many as take some three " +
        "minutes.",
};
var bars = new Option<int>("--bars")
{
    Description = "Bars of a melody.",
    DefaultValueFactory = _ => 2,
};
var tempo = new Option<int>("--tempo")
{
    Description = "Quarter notes a minute of the MIDI files that are written, from 20 to 400.",
    DefaultValueFactory = _ => 120,
};
var loose = new Option<bool>("--loose")
{
    Description = "Move each note of a MIDI file to the nearest sixteenth, however far it is: for recordings of " +
        "players.",
};
var output = new Option<string>("--out")
{
    Description = "The folder for the pictures, the MIDI files and the model.",
    // Other samples have pictures of the same names.
    DefaultValueFactory = _ => Path.Combine("out", "melodies"),
};
rows.AtLeast(Division.FewestMelodies);
epochs.AtLeast(1);
bars.AtLeast(1);
tempo.AtLeast(20);

var root = new RootCommand("An autoencoder of melodies, read from MIDI and ABC files.")
{
    folder,
    rows,
    epochs,
    bars,
    tempo,
    loose,
    output,
};
root.SetAction(parsed => CommandLine.Try(() =>
{
    var clock = Stopwatch.StartNew();
    var reading = new MelodyReaderOptions { Bars = parsed.GetValue(bars) };
    var settings = new Settings(parsed.GetValue(folder), parsed.GetValue(rows), parsed.GetValue(epochs),
        parsed.GetValue(loose) ? reading with { Tolerance = 0.5f } : reading,
        new MelodyMidiOptions { BeatsPerMinute = parsed.GetValue(tempo) }, parsed.GetRequiredValue(output));
    Directory.CreateDirectory(settings.OutputFolder);
    MelodyStation.Run(settings);
    Console.WriteLine($"{clock.Elapsed.TotalSeconds:N0} seconds.");
}));
return CommandLine.Run(root, args);
