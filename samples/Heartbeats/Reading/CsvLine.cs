using System.Text;

namespace Heartbeats.Reading;

/// <summary>The fields of a line of a CSV file.</summary>
internal static class CsvLine
{
    /// <summary>What stands between commas, without the quotes around it; null where quotes are not closed.</summary>
    public static string[]? Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
            return [.. line.Split(',').Select(field => field.Trim())];
        List<string> fields = [];
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[i++]);
            else if (line[i] == '"')
                isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted)
                Close();
            else
                field.Append(line[i]);
        }
        Close();
        return isQuoted ? null : [.. fields];

        void Close()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }
}
