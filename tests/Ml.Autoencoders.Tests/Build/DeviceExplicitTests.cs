using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>
/// No tensor is made on whichever device happens to be torch's default. Without a GPU such a slip cannot be seen at run
/// time, so the source is read.
/// </summary>
public partial class DeviceExplicitTests
{
    [Test]
    public void Every_tensor_and_generator_is_made_on_a_named_device()
    {
        var found = new List<string>();
        int creations = 0;
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("src/Ml.Autoencoders"), "*.cs",
            SearchOption.AllDirectories))
        {
            string source = LineComment().Replace(File.ReadAllText(file), "");
            foreach (Match match in Creation().Matches(source))
            {
                creations++;
                string arguments = source[match.Index..ClosingBracket(source, match.Index + match.Length)];
                if (!arguments.Contains("device", StringComparison.OrdinalIgnoreCase))
                    found.Add($"{Path.GetFileName(file)}: {arguments}");
            }
        }

        Assert.That(found, Is.Empty);
        Assert.That(creations, Is.GreaterThan(5), "the pattern still finds how this library makes tensors");
    }

    /// <summary>
    /// TorchSharp's generators are of the CPU whatever they are asked for, and cannot fill a GPU's tensors.
    /// </summary>
    [Test]
    public void Whatever_is_drawn_is_drawn_on_the_processor()
    {
        string[] mayDraw = ["Draws.cs", "Initialization.cs"];
        string[] drawing =
            [.. Directory.EnumerateFiles(Repository.PathOf("src/Ml.Autoencoders"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Draw().IsMatch(LineComment().Replace(File.ReadAllText(file), "")))
            .Select(file => Path.GetFileName(file))];

        Assert.That(drawing, Is.EquivalentTo(mayDraw));
    }

    private static int ClosingBracket(string source, int inside)
    {
        int depth = 1;
        while (depth > 0)
            depth += source[inside++] switch { '(' => 1, ')' => -1, _ => 0 };
        return inside;
    }

    [GeneratedRegex(
        @"(?<![\w.])(torch\.)?(empty|zeros|ones|full|rand|randn|randint|randperm|arange|linspace|eye|tensor|from_array|frombuffer)\(|new Generator\(")]
    private static partial Regex Creation();

    [GeneratedRegex(@"\b(normal_|uniform_|bernoulli_|randperm|multinomial|randn|rand)\(|new Generator\((?![^;]*CPU)")]
    private static partial Regex Draw();

    [GeneratedRegex("//.*")]
    private static partial Regex LineComment();
}
