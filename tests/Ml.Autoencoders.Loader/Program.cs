using System.Globalization;
using System.Runtime.InteropServices;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

// Loader MODEL COLUMN ROWS: loads a model from a file, scores rows that are the same in every process, and prints the
// bits of a vector column, a row a line. Nothing here names the library: ML.NET finds it by what stands in the file.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
int count = int.Parse(args[2], CultureInfo.InvariantCulture);
IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(LoaderRow.Make));
foreach (float[] values in model.Transform(rows).GetColumn<float[]>(args[1]))
    Console.WriteLine(Convert.ToHexString(MemoryMarshal.AsBytes<float>(values)));
