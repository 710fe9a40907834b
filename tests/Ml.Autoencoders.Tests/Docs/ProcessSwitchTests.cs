using System.Reflection;

namespace Ml.Autoencoders.Tests.Docs;

/// <summary>What changes the whole process is listed on one page, with the switch that turns it off.</summary>
internal sealed class ProcessSwitchTests
{
    private static readonly string[] Switches =
    [
        .. from type in typeof(AutoencoderTransformer).Assembly.GetTypes()
           from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           where field is { IsLiteral: true } && field.FieldType == typeof(string)
           let value = (string)field.GetRawConstantValue()!
           where value.StartsWith("Ml.Autoencoders.Keep", StringComparison.Ordinal)
           select value,
    ];

    [Test]
    public void The_page_lists_every_switch()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/your-application.md"));
        string[] rows = [.. page[page.IndexOf("## What changes the whole process", StringComparison.Ordinal)..]
            .Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.That(Switches, Has.Length.EqualTo(3));
        foreach (string name in Switches)
            Assert.That(rows, Has.Some.Contains($"`{name}`"));
    }
}
