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
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
LoaderRow[] rows = [.. Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture)).Select(LoaderRow.Make)];
int[] dimensions = args.Length > 3
    ? [.. args[3].Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : [];
IDataView view = LoaderRow.View(ml, rows.Length, dimensions);
foreach (float[] values in args[1] == "direct" ? Direct() : model.Transform(view).GetColumn<float[]>(args[1]))
    Console.WriteLine(Convert.ToHexString(MemoryMarshal.AsBytes<float>(values)));

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
