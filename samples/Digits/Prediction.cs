using Microsoft.ML;
using Samples;
using Samples.Data;

namespace Digits;

/// <summary>Reads digits with a saved model.</summary>
internal static class Prediction
{
    private const int Shown = 10;

    /// <summary>
    /// Lets this program do so in another process, as a deployed one would: nothing is shared but the file.
    /// </summary>
    public static void RunInAnotherProcess(string model, string dataFolder) =>
        Console.Write(SecondProcess.Run("predict", "--model", model, "--data", dataFolder));

    public static void Run(string model, string dataFolder)
    {
        var ml = new MLContext();
        ITransformer loaded = Load(ml, model, out DataViewSchema schema);
        using PredictionEngine<Digit, Reading> engine = ml.Model.CreatePredictionEngine<Digit, Reading>(loaded, schema);
        IEnumerable<string> readings = Mnist.Load(dataFolder, Shown).Test.Take(Shown).Select(digit =>
        {
            Reading reading = engine.Predict(digit);
            return $"{digit.Number} read as {reading.Prediction} ({reading.Score.Max():P0})";
        });
        Console.WriteLine(
            $"Loaded {Path.GetFileName(model)} in process {Environment.ProcessId}: {string.Join(", ", readings)}.");
    }

    private static ITransformer Load(MLContext ml, string model, out DataViewSchema schema)
    {
        try
        {
            return ml.Model.Load(model, out schema);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            // ML.NET wraps what a component says of its damaged part; the reason lies innermost.
            Exception reason = error;
            while (reason is not FormatException && reason.InnerException is { } inner)
                reason = inner;
            throw new InvalidDataException($"'{model}' cannot be loaded. {reason.Message}", error);
        }
    }

    private sealed class Reading
    {
        public uint Prediction { get; set; }

        public float[] Score { get; set; } = [];
    }
}
