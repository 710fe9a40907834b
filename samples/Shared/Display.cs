using Spectre.Console;

namespace Samples;

/// <summary>What a run looks like: a live bar in a terminal, plain lines where output is redirected.</summary>
internal static class Display
{
    private const int BarWidth = 16;

    /// <summary>Runs <paramref name="work"/>, which reports phases and epochs, under a title.</summary>
    public static T Training<T>(string title, Func<Progress, T> work)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(title);
            return work(new Progress(phase => Console.WriteLine($"  {phase}"),
                epoch => Console.WriteLine($"  {epoch}")));
        }
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth },
                new ElapsedTimeColumn(), new SpinnerColumn())
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask(Markup.Escape(title));
                T result = work(new Progress(
                    phase => task.Description = Markup.Escape($"{title}: {phase}"),
                    epoch =>
                    {
                        task.MaxValue = epoch.Epochs;
                        task.Value = epoch.Epoch;
                        task.Description = Markup.Escape(
                            $"{title}: {epoch.Epoch}/{epoch.Epochs}  loss {epoch.Training.Total:0.0000}  " +
                            $"{epoch.Remaining.TotalSeconds:N0} s left");
                    }));
                // PCA has no epochs.
                task.Value = task.MaxValue;
                task.Description = Markup.Escape(title);
                return result;
            });
    }
}
