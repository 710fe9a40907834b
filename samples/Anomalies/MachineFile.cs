using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Anomalies;

/// <summary>Machines as a CSV file, with nothing where a value is missing.</summary>
internal static class MachineFile
{
    private static readonly string Header =
        string.Join(',', [.. Machine.Columns, nameof(Machine.Label), nameof(Machine.Odd)]);

    public static void Write(string path, IEnumerable<Machine> machines) =>
        File.WriteAllLines(path, [Header, .. machines.Select(Line)]);

    public static IDataView Read(MLContext ml, string path) =>
        ml.Data.LoadFromTextFile<Machine>(path, new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            // Or it reads gaps as 0.
            MissingRealsAsNaNs = true,
        });

    private static string Line(Machine machine) => string.Join(',',
        [.. Machine.Columns.Select(column => Text(machine[column])), Text(machine.Label), machine.Odd]);

    private static string Text(object value) => value is float and float.NaN ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.####}");
}
