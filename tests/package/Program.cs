using System.Runtime.InteropServices;
using Application;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Plots;

// Application fit MODEL PICTURE: fits an autoencoder, saves it, draws its losses, and prints the bits of its codes, a
// row a line. Application load MODEL: the same codes from the saved model. Application compare: the stages of a
// comparison with PCA, a stage a line.
var ml = new MLContext(seed: 1);
IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(Row.Make));
IEnumerable<string> lines = args switch
{
    ["fit", var file, var picture] => Codes(Fit(file, picture)),
    ["load", var file] => Codes(ml.Model.Load(file, out _)),
    ["compare"] => Stages(),
    _ => throw new ArgumentException("fit MODEL PICTURE, load MODEL or compare"),
};
foreach (string line in lines)
    Console.WriteLine(line);

ITransformer Fit(string file, string picture)
{
    AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Waves", new()
    {
        CodeSize = 2,
        Network = Network.Dense(16),
        Training = new() { Epochs = 3 },
    }).Fit(rows);
    ml.Model.Save(model, rows.Schema, file);
    new LineChart
    {
        Title = "Training",
    }.AddSeries("loss", model.History.Select(epoch => (double)epoch.Training.Total)).Save(picture);
    return model;
}

IEnumerable<string> Codes(ITransformer model) =>
    model.Transform(rows).GetColumn<float[]>("Code")
        .Select(code => Convert.ToHexString(MemoryMarshal.AsBytes<float>(code)));

IEnumerable<string> Stages() => ml.CompareWithPca(rows, "Waves", new()
{
    CodeSizes = [2],
    LabelColumnName = "IsLate",
    NeighborhoodRows = 40,
    Autoencoders = [new()
    {
        Name = "plain",
        Create = size => ml.Transforms.Autoencoders.Plain("Code", "Waves", size, epochs: 1),
    }],
}).Stages.Select(stage => stage.Name);
