using System.Xml.Linq;
using CompareWithPca.Reporting;
using Ml.Autoencoders.Tests.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>The page as readers get it; where no browser is installed, what browsers rely on.</summary>
[TestFixture]
internal sealed class ReportInBrowserTests
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

    [TestCase(1280)]
    [TestCase(390)]
    public void The_page_is_drawn(int width)
    {
        if (HeadlessBrowser.Find() is not { } browser)
        {
            TestContext.Out.WriteLine(
                "No browser of the Chromium family is on the PATH: pictures and style are checked without one.");
            RequirePicturesOfTheirSize();
            RequireColorsOfThePictures();
            return;
        }
        string screenshot = _folder.File($"{width}.png");
        browser.Open(_page, width, _folder.File("profile"), $"--screenshot={screenshot}");
        using var drawn = new Drawn(File.ReadAllBytes(screenshot));
        SKColor ground = drawn.At(2, 2);
        Assert.That(drawn.Width, Is.EqualTo(width));
        Assert.That(Points(drawn).Count(color => color != ground), Is.GreaterThan(drawn.Width * drawn.Height / 100),
            "more than the ground");

        string document = browser.Open(_page, width, _folder.File("profile"), "--dump-dom");
        Assert.That(document, Does.Contain("PCA and autoencoders on tiles</h1>").And.Contain("id=\"reconstructions\""));
    }

    /// <summary>The page makes room for each picture before it is decoded, and by its size.</summary>
    private void RequirePicturesOfTheirSize()
    {
        foreach (XElement picture in XDocument.Load(_page).Descendants("picture"))
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
    private void RequireColorsOfThePictures()
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

    private static IEnumerable<SKColor> Points(Drawn drawn) =>
        from y in Enumerable.Range(0, drawn.Height)
        from x in Enumerable.Range(0, drawn.Width)
        select drawn.At(x, y);
}
