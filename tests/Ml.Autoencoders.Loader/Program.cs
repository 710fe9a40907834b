using System.Globalization;
using System.Runtime.InteropServices;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loader MODEL COLUMN ROWS: loads a model from a file, scores rows that are the same in every process, and
// prints the bits of a vector column, a row a line. Nothing here names the library: ML.NET finds it by what
// stands in the file. Loader MODEL COLUMN ROWS 60x8: the same where the rows' column has those dimensions.
// Loader MODEL direct ROWS: the same of what the last stage reconstructs outside of a pipeline, after a save and
// a prediction.
// Loader MODEL hidden ROWS: the same of the hidden activations, which the last stage writes into its column, too.
// Loader MODEL score ROWS: the same of the scores of an anomaly detector, each row by itself.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
LoaderRow[] rows = [.. Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture)).Select(LoaderRow.Make)];
int[] dimensions = args.Length > 3
    ? [.. args[3].Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : [];
IDataView view = LoaderRow.View(ml, rows.Length, dimensions);
IEnumerable<float[]> numbers = args[1] switch
{
    "direct" => Direct(),
    "hidden" => Hidden(),
    "score" => rows.Select(row => new float[] { ((dynamic)model).Score(row.Features) }),
    string column => model.Transform(view).GetColumn<float[]>(column),
};
foreach (float[] values in numbers)
    Console.WriteLine(Convert.ToHexString(MemoryMarshal.AsBytes<float>(values)));

IEnumerable<float[]> Hidden()
{
    dynamic stage = model;
    using PredictionEngine<LoaderRow, LoaderCode> engine =
        ml.Model.CreatePredictionEngine<LoaderRow, LoaderCode>(model);
    foreach (LoaderRow row in rows)
    {
        float[] hidden = stage.EncodeHidden(row.Features);
        yield return hidden.SequenceEqual(engine.Predict(row).Code)
            ? hidden : throw new InvalidDataException("The prediction has other hidden activations than the row.");
    }
}

IEnumerable<float[]> Direct()
{
    ml.Model.Save(model, view.Schema, Stream.Null);
    dynamic stage = model is IEnumerable<ITransformer> stages ? stages.Last() : model;
    stage.SaveOnnx($"{args[0]}.onnx");
    using PredictionEngine<LoaderRow, LoaderCode> engine =
        ml.Model.CreatePredictionEngine<LoaderRow, LoaderCode>(model);
    foreach (LoaderRow row in rows)
    {
        float[] code = stage.Encode(row.Features);
        if (!code.SequenceEqual(engine.Predict(row).Code))
            throw new InvalidDataException("The prediction has another code than the row.");
        float[] decoded = stage.Decode(code);
        float[] reconstructed = stage.Reconstruct(row.Features);
        yield return decoded.SequenceEqual(reconstructed)
            ? reconstructed : throw new InvalidDataException("The code decodes to another row.");
    }
}
