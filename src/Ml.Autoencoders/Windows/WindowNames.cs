namespace Ml.Autoencoders.Windows;

/// <summary>What an estimator of windows was asked for.</summary>
/// <param name="Output">The column of the windows.</param>
/// <param name="Inputs">The columns that they are made of.</param>
/// <param name="Options">Everything else.</param>
internal sealed record WindowNames(string Output, IReadOnlyList<string> Inputs, SlidingWindowOptions Options)
{
    private const string OptionsName = nameof(SlidingWindowOptions);

    /// <exception cref="ArgumentException">A name or an option is out of its range.</exception>
    public void Check()
    {
        Place call = Place.Call("SlidingWindow");
        Require.ColumnName(Output, call, "outputColumnName");
        Require.NotNull(Inputs, call, "inputColumnNames");
        if (Inputs.Count == 0)
            throw call.Wrong("inputColumnNames", "is empty; a window needs at least one column.");
        foreach (string input in Inputs)
            Require.ColumnName(input, call, "inputColumnNames");
        if (Inputs.GroupBy(name => name).FirstOrDefault(named => named.Count() > 1) is { } twice)
            throw call.Wrong("inputColumnNames", $"has '{twice.Key}' twice.");
        if (Options.Length is { } length)
            Require.Within(length, 1, Limits.Numbers, OptionsName, nameof(Options.Length));
        if (Options.GroupColumnName is { } group)
            Require.ColumnName(group, OptionsName, nameof(Options.GroupColumnName));
        if (Options.TimeColumnName is { } time)
            Require.ColumnName(time, OptionsName, nameof(Options.TimeColumnName));
        CheckGap(nameof(Options.MaxGap), Options.MaxGap);
        if (Options.MaxGap is { } gap && gap <= TimeSpan.Zero)
            throw ((Place)OptionsName).Error(nameof(Options.MaxGap), $"is {gap:c}; it must be above 0.");
        CheckGap(nameof(Options.MaxNumericGap), Options.MaxNumericGap);
        if (Options.MaxNumericGap is { } number)
            Require.Above(number, 0, OptionsName, nameof(Options.MaxNumericGap));
        Require.Defined(Options.Start, OptionsName, nameof(Options.Start));
        Require.Within(Options.MaxGroups, 1, WindowDescription.MostGroups, OptionsName, nameof(Options.MaxGroups));
    }

    private void CheckGap<T>(string name, T? gap)
        where T : struct
    {
        if (gap is { } given && Options.TimeColumnName is null)
            throw ((Place)OptionsName).Wrong(name, FormattableString.Invariant(
                $"is {given}, and {nameof(Options.TimeColumnName)} is null: a gap is found by the times of rows."));
    }
}
