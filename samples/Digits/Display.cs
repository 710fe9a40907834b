using Ml.Autoencoders;
using Spectre.Console;

namespace Digits;

/// <summary>What the run looks like: a live bar in a terminal, plain lines where output is redirected.</summary>
internal static class Display
{
    /// <summary>Runs <paramref name="work"/>, which reports epochs, under a title.</summary>
    public static T Training<T>(string title, Func<Action<TrainingEpoch>, T> work)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(title);
            return work(epoch => Console.WriteLine($"  {epoch}"));
        }
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn(), new SpinnerColumn())
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask(Markup.Escape(title));
                T result = work(epoch =>
                {
                    task.MaxValue = epoch.Epochs;
                    task.Value = epoch.Epoch;
                    task.Description = Markup.Escape(
                        $"{title}  loss {epoch.Training.Total:0.0000}  {epoch.RowsPerSecond:N0} rows/s  {epoch.Remaining.TotalSeconds:N0} s left");
                });
                // PCA has no epochs.
                task.Value = task.MaxValue;
                return result;
            });
    }

    public static void Table(IReadOnlyList<Candidate> candidates)
    {
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn("stage")
            .AddColumn(new TableColumn("test MSE").RightAligned())
            .AddColumn(new TableColumn("SDCA accuracy").RightAligned())
            .AddColumn(new TableColumn("fit").RightAligned())
            .AddColumn(new TableColumn("transform").RightAligned());
        foreach (Candidate candidate in candidates)
        {
            table.AddRow(Markup.Escape(candidate.Name), $"{candidate.ReconstructionError:0.00000}", $"{candidate.Accuracy:0.0000}",
                $"{candidate.FitTime.TotalSeconds:0.0} s", $"{candidate.TransformTime.TotalSeconds:0.00} s");
        }
        AnsiConsole.Write(table);
    }
}
