using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Samples.Data;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Five epochs over MNIST: a loop written by hand on a tensor that is ready, against <c>Fit</c> with reading the data
/// view. Each fit has a process of its own, one behind the other, so that none profits from memory that another warmed.
/// </summary>
internal static class TrainingSpeed
{
    private const string Child = "training-fit";
    private const string ByHand = "by-hand";
    private const string Pipeline = "pipeline";
    private const int Epochs = 5;
    private const int WarmupRows = 512;

    /// <param name="arguments">Names of contests, and how many rounds. Default: all, 3 rounds.</param>
    /// <returns>0 where every ratio is within its bound, 1 where one is not.</returns>
    public static int Run(string[] arguments)
    {
        int rounds = arguments.Select(argument => int.TryParse(argument, CultureInfo.InvariantCulture, out int count)
            ? count : 0).DefaultIfEmpty().Max();
        rounds = rounds == 0 ? 3 : rounds;
        bool isFast = true;
        Console.WriteLine(
            $"{"",-16} {"by hand",10} {"pipeline",10} {"ratio",8} {"bound",8}   (seconds, medians of {rounds}, " +
            "taking turns)");
        foreach (TrainingContest contest in TrainingContest.All.Where(contest => !arguments.Any(IsName)
            || arguments.Contains(contest.Name)))
        {
            var hand = new List<double>();
            var pipeline = new List<double>();
            for (int round = 0; round < rounds; round++)
            {
                hand.Add(Measure(contest, ByHand));
                pipeline.Add(Measure(contest, Pipeline));
            }
            double ratio = Race.Median(pipeline) / Race.Median(hand);
            isFast &= ratio <= contest.Bound;
            Console.WriteLine(
                $"{contest.Name,-16} {Race.Median(hand),10:N2} {Race.Median(pipeline),10:N2} {ratio,8:N2} " +
                $"{contest.Bound,8:N2}");
        }
        return isFast ? 0 : 1;
    }

    /// <summary>One fit, in this process: prints its seconds.</summary>
    public static int RunChild(string name, string way)
    {
        TrainingContest contest = TrainingContest.All.Single(contest => contest.Name == name);
        Mnist digits = Mnist.Load(Mnist.Embedded, rows: null);
        Action<Digit[], int> fit = way == ByHand ? Prepare(contest) : (rows, epochs) =>
            FitPipeline(contest, rows, epochs);
        fit(digits.Training[..WarmupRows], 1);
        fit(digits.Training, Epochs);
        return 0;
    }

    private static bool IsName(string argument) => TrainingContest.All.Any(contest => contest.Name == argument);

    private static double Measure(TrainingContest contest, string way)
    {
        string[] lines = ChildProcess.Run(Child, contest.Name, way);
        return double.Parse(lines[^1], CultureInfo.InvariantCulture);
    }

    private static Action<Digit[], int> Prepare(TrainingContest contest) => (rows, epochs) =>
    {
        using Tensor table = tensor(rows.SelectMany(row => row.Pixels).ToArray(), [rows.Length, rows[0].Pixels.Length]);
        (nn.Module network, Func<Tensor, Tensor> loss) = contest.ByHand();
        using (network)
            Time(() => PlainLoop.Fit(network, loss, table, epochs));
    };

    private static void FitPipeline(TrainingContest contest, Digit[] rows, int epochs)
    {
        var ml = new MLContext(1);
        IDataView view = ml.Data.LoadFromEnumerable(rows, Digit.Schema(rows[0].Pixels.Length));
        AutoencoderTransformer? model = null;
        Time(() => model = contest.Estimator(ml.Transforms.Autoencoders, epochs).Fit(view));
        model!.Dispose();
    }

    private static void Time(Action fit)
    {
        long start = Stopwatch.GetTimestamp();
        fit();
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }
}
