using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Samples;

/// <summary>What the command lines of the samples have in common.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments ask for, and gives back the exit code.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        // A terminal that was left in the middle of a bar gets its cursor back.
        Console.CancelKeyPress += (_, _) => Spectre.Console.AnsiConsole.Cursor.Show(true);
        ParseResult result = root.Parse(args);
        if (result.Action is ParseErrorAction wrong)
            wrong.ShowHelp = false;
        return result.Invoke();
    }

    /// <summary>What a user can mend is reported in a line; anything else is a bug and keeps its stack.</summary>
    public static int Try(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException
            or InvalidOperationException or ArgumentException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    /// <summary>Refuses lower numbers.</summary>
    public static void AtLeast<T>(this Option<T> option, int least) => option.Validators.Add(result =>
    {
        // What is not a number is refused by the parser itself.
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int value)
            && value < least)
            result.AddError($"{option.Name} is {value}; it must be at least {least}.");
    });
}
