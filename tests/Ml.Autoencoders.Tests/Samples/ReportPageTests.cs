using System.Xml.Linq;
using CompareWithPca.Reporting;
using Ml.Autoencoders.Tests.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>What browsers rely on to draw the page. That one draws it is a step of <c>.ci/run</c>.</summary>
[TestFixture]
internal sealed class ReportPageTests
{
    private TemporaryFolder _folder = null!;
    private string _page = null!;

    [OneTimeSetUp]
    public void Write()
    {
        _folder = new TemporaryFolder();
        _page = _folder.File("report.html");
        File.WriteAllText(_page, Report.ToHtml(Report.Build(Fabricated.Comparison(),
            new ReportSubject
            {
                Rows = "tiles",
                Training = "",
                RowHeight = Fabricated.Side,
                RowWidth = Fabricated.Side,
            })));
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    /// <summary>The page makes room for each picture before it is decoded, and by its size.</summary>
    [Test]
    public void Pictures_have_the_size_that_the_page_makes_room_for()
    {
        XElement[] pictures = [.. XDocument.Load(_page).Descendants("picture")];
        Assert.That(pictures, Is.Not.Empty);
        foreach (XElement picture in pictures)
        {
            XElement image = picture.Element("img")!;
            using var light = Decode(image, "src");
            using var dark = Decode(picture.Element("source")!, "srcset");
            int density = light.Width / (int)image.Attribute("width")!;
            Assert.That(density, Is.InRange(1, 2));
            Assert.That((light.Width, light.Height),
                Is.EqualTo((density * (int)image.Attribute("width")!, density * (int)image.Attribute("height")!)));
            Assert.That((dark.Width, dark.Height), Is.EqualTo((light.Width, light.Height)));
        }
    }

    /// <summary>
    /// Style that is balanced, and whose grounds are those of the pictures, so that these have no edges.
    /// </summary>
    [Test]
    public void Colors_are_those_of_the_pictures()
    {
        string style = XDocument.Load(_page).Descendants("style").Single().Value;
        Assert.That(style.Count(letter => letter == '{'),
            Is.EqualTo(style.Count(letter => letter == '}')).And.GreaterThan(20));
        XElement picture = XDocument.Load(_page).Descendants("picture").First();
        using var light = Decode(picture.Element("img")!, "src");
        using var dark = Decode(picture.Element("source")!, "srcset");
        int darkRules = style.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal);
        Assert.That(style[..darkRules], Does.Contain($"--paper: {Hex(light.At(0, 0))};"));
        Assert.That(style[darkRules..], Does.Contain($"--paper: {Hex(dark.At(0, 0))};"));
    }

    private static Drawn Decode(XElement element, string attribute) =>
        new(Convert.FromBase64String(((string)element.Attribute(attribute)!).Split(',')[1]));

    private static string Hex(SKColor color) => $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";
}
