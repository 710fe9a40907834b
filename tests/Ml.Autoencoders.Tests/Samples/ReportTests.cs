using System.Xml.Linq;
using CompareWithPca.Reporting;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>The page of the sample that compares with PCA: what is in it, and that it needs nothing else.</summary>
[TestFixture]
internal sealed class ReportTests
{
    private static readonly ReportSubject Subject = new()
    {
        Rows = "tiles & more",
        Training = "Trained <once>.",
        RowHeight = Fabricated.Side,
        RowWidth = Fabricated.Side,
    };

    private PcaComparison _comparison = null!;
    private string _html = null!;
    private XElement _page = null!;

    [OneTimeSetUp]
    public void Write()
    {
        _comparison = Fabricated.Comparison();
        _html = Report.ToHtml(Report.Build(_comparison, Subject));
        _page = XDocument.Parse(_html).Root!;
    }

    [Test]
    public void The_page_is_well_formed_and_says_what_it_is()
    {
        Assert.That(_html, Does.StartWith("<!DOCTYPE html"));
        Assert.That(_page.Name.LocalName, Is.EqualTo("html"));
        Assert.That((string?)_page.Attribute("lang"), Is.EqualTo("en"));
        Assert.That(_page.Descendants("meta").Select(meta => (string?)meta.Attribute("charset")),
            Has.One.EqualTo("utf-8"));
        Assert.That(Meta("viewport"), Is.EqualTo("width=device-width, initial-scale=1"));
        Assert.That(Meta("color-scheme"), Is.EqualTo("light dark"));
        Assert.That(_page.Descendants("title").Single().Value, Is.EqualTo("PCA and autoencoders on tiles & more"));
        Assert.That(_page.Descendants("h1").Single().Value, Is.EqualTo("PCA and autoencoders on tiles & more"));
    }

    [Test]
    public void An_element_without_content_has_an_end_tag_unless_HTML_knows_it_as_void()
    {
        XElement[] empty = [.. _page.Descendants().Where(element => element.IsEmpty)];

        Assert.That(empty.Select(element => element.Name.LocalName).Distinct(),
            Is.SubsetOf(new[] { "meta", "link", "img", "source" }));
        Assert.That(_html, Does.Contain("<td colspan=\"10\"></td>"));
    }

    [Test]
    public void Hidden_activations_are_in_the_table_and_compete_with_no_code()
    {
        const int Width = 1234;
        PcaComparison comparison = Fabricated.Comparison(change: stage => stage.Name != Fabricated.OddName ? stage
            : stage with
            {
                Output = StageOutput.HiddenActivations,
                Width = Width,
                LinearAccuracy = 1,
                MeanSquaredError = double.NaN,
                ExplainedVariance = double.NaN,
                Reconstructions = [],
            });
        XElement page = XDocument.Parse(Report.ToHtml(Report.Build(comparison, Subject))).Root!;
        string Words(string section) => page.Descendants("section")
            .Single(one => (string?)one.Attribute("id") == section).Value;
        Assert.Multiple(() =>
        {
            Assert.That(Words("table"), Does.Contain($"{Fabricated.OddName}, 1,234 numbers"));
            Assert.That(page.Descendants("header").Single().Value,
                Does.Contain("and the autoencoders plain, learned"));
            Assert.That(Words("words"), Does.Contain("plain").And.Not.Contain(Fabricated.OddName));
            Assert.That(Words("planes"), Does.Contain("plain").And.Not.Contain(Fabricated.OddName));
        });
    }

    [Test]
    public void Every_section_is_there_in_order() =>
        Assert.That(_page.Descendants("section").Select(section => (string?)section.Attribute("id")),
            Is.EqualTo(new[] { "table", "words", "curves", "planes", "reconstructions" }));

    [Test]
    public void The_introduction_says_what_was_measured()
    {
        string text = _page.Descendants("header").Single().Element("p")!.Value;

        Assert.That(text,
            Is.EqualTo("PCA (exact) and PCA (ML.NET), and the autoencoders plain and " + Fabricated.OddName +
            ", learned from 100 tiles & more of 16 numbers each to encode them in 2, 8 and 16 numbers. " +
            "All were measured alike, on 100 test rows that were not trained on. Trained <once>."));
    }

    [Test]
    public void Every_stage_is_in_the_table_with_its_numbers()
    {
        XElement[] rows = [.. Section("table").Descendants("tr")
            .Where(row => row.Elements("th").Any(head => (string?)head.Attribute("scope") == "row"))];

        Assert.That(rows.Select(row => (Name: row.Element("th")!.Value,
            Numbers: string.Join(' ', row.Elements("td").Select(cell => cell.Value)))),
            Is.EqualTo(_comparison.Stages.Select(stage => (stage.Name,
                string.Join(' ', Measure.All.Select(measure => measure.TextOf(stage)))))));
        Assert.That(Section("table").Descendants("tbody").Select(body => body.Descendants("th").First().Value),
            Is.EqualTo(new[] { "2 numbers", "8 numbers", "16 numbers" }));
        Assert.That(Section("table").Descendants("th").Select(head => (string?)head.Attribute("scope")),
            Is.All.Not.Null);
        Assert.That(rows[0].Elements("td").First().Value, Is.EqualTo("0.0500"));
    }

    [Test]
    public void The_best_of_each_size_is_emphasised()
    {
        foreach (XElement body in Section("table").Descendants("tbody"))
        {
            // PCA (exact) has the least error, the greatest continuity and the cheapest fit and model; the
            // last the best of the others.
            XElement[] rows = [.. body.Elements("tr").Skip(1)];
            Assert.That(Emphasised(rows[0]), Is.EqualTo(new[] { 0, 1, 6, 7, 9 }));
            Assert.That(Emphasised(rows[1]), Is.Empty);
            Assert.That(Emphasised(rows[2]), Is.Empty);
            Assert.That(Emphasised(rows[3]), Is.EqualTo(new[] { 2, 3, 4, 5, 8 }));
        }
    }

    [Test]
    public void What_reads_like_the_best_is_emphasised_as_well()
    {
        PcaComparison comparison = Fabricated.Comparison([8],
            change: stage => stage with { Trustworthiness = stage.IsPca ? 0.98761 : 0.98759 });
        XElement[] rows = [.. TableSection.Of(comparison).Descendants("tbody").Single().Elements("tr").Skip(1)];

        Assert.That(rows.Select(row => Emphasised(row).Contains(5)), Is.All.True);
    }

    [Test]
    public void Every_picture_is_inside_in_both_themes_with_words_for_those_who_do_not_see_it()
    {
        XElement[] images = [.. _page.Descendants("img")];
        Assert.That(images, Has.Length.EqualTo(10 + 3 + 3), "measures, planes of one PCA and two autoencoders, sizes");
        foreach (XElement image in images)
        {
            XElement source = image.Parent!.Elements("source").Single();
            Assert.That((string?)source.Attribute("media"), Is.EqualTo("(prefers-color-scheme: dark)"));
            Assert.That((string?)source.Attribute("srcset"),
                Does.StartWith("data:image/png;base64,").And.Not.EqualTo((string?)image.Attribute("src")));
            Assert.That((string?)image.Attribute("src"), Does.StartWith("data:image/png;base64,"));
            Assert.That((string?)image.Attribute("alt"), Is.Not.Null.And.Length.GreaterThan(30));
            Assert.That((string?)image.Ancestors("figure").Single().Element("figcaption"), Is.Not.Empty);
        }
        Assert.That(images.Select(image => (string?)image.Attribute("alt")), Is.Unique);
    }

    [Test]
    public void Nothing_is_fetched()
    {
        Assert.That(_html, Does.Not.Contain("http:").And.Not.Contain("https:").And.Not.Contain("url(")
            .And.Not.Contain("@import"));
        Assert.That(_page.Descendants("script"), Is.Empty);
        IEnumerable<string> references = _page.Descendants().Attributes()
            .Where(attribute => attribute.Name.LocalName is "src" or "srcset" or "href")
            .Select(attribute => attribute.Value);
        Assert.That(references, Is.All.StartsWith("data:"));
        Assert.That(_page.Descendants("meta")
            .Where(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy")
            .Select(meta => (string?)meta.Attribute("content")),
            Has.One.StartsWith("default-src 'none'; img-src data:;"));
    }

    [Test]
    public void Text_is_escaped()
    {
        Assert.That(_html, Does.Contain("<th scope=\"row\">wide &amp; &lt;b&gt;deep&lt;/b&gt; \"net\"</th>"));
        Assert.That(_html, Does.Not.Contain("<b>").And.Not.Contain("<once>").And.Not.Contain("tiles & more"));
        Assert.That(_page.Descendants("b"), Is.Empty);
    }

    [Test]
    public void The_style_reads_the_same_in_XML_and_in_HTML() =>
        Assert.That(Style.Css, Does.Not.Contain("<").And.Not.Contain(">").And.Not.Contain("&"));

    [Test]
    public void Without_labels_there_are_no_classifiers()
    {
        PcaComparison comparison = Fabricated.Comparison([2], labeled: false);

        Assert.That(TableSection.Of(comparison).Descendants("thead").Single().Descendants("th").Count(), Is.EqualTo(8),
            "the method and seven measures");
        Assert.That(WordsSection.Of(comparison).Descendants("dt").Select(term => term.Value),
            Has.None.Contains("accuracy"));
        Assert.That(PlanesSection.Of(comparison, Subject)!.Element("p")!.Value, Does.Not.Contain("label"));
    }

    [Test]
    public void Sections_without_content_are_left_out()
    {
        PcaComparison comparison = Fabricated.Comparison([8], examples: 0);

        Assert.That(PlanesSection.Of(comparison, Subject), Is.Null, "no codes of two numbers");
        Assert.That(ReconstructionsSection.Of(comparison, Subject), Is.Null, "no examples");
    }

    [Test]
    public void A_stage_that_could_not_be_fitted_is_a_row_of_dashes_and_a_reason_and_in_no_picture()
    {
        const string Reason = "It could not be fitted: two <or> more items.";
        PcaComparison comparison = Fabricated.Comparison([2],
            change: stage => stage.Name != "PCA (ML.NET)" ? stage with { Notes = ["All alike."] } : stage with
            {
                MeanSquaredError = double.NaN,
                ExplainedVariance = double.NaN,
                LinearAccuracy = double.NaN,
                LightGbmAccuracy = double.NaN,
                NearestNeighborAccuracy = double.NaN,
                Trustworthiness = double.NaN,
                Continuity = double.NaN,
                FitTime = TimeSpan.Zero,
                RowsPerSecond = double.NaN,
                ModelSize = 0,
                Codes = [],
                Reconstructions = [],
                Notes = [Reason, "All alike."],
            });
        XElement page = XDocument.Parse(Report.ToHtml(Report.Build(comparison, Subject))).Root!;
        XElement table = page.Descendants("section").Single(section => (string?)section.Attribute("id") == "table");
        XElement row = table.Descendants("tr").Single(row => row.Element("th")!.Value == "PCA (ML.NET)");
        Assert.That(row.Elements("td").Select(cell => cell.Value),
            Is.All.EqualTo("\u2013").And.Exactly(Measure.All.Count).Items);
        Assert.That(table.Descendants("li").Select(note => note.Value),
            Is.EquivalentTo(new[] { "All alike.", $"PCA (ML.NET) with 2 numbers: {Reason}" }));
        Assert.That(page.Descendants("img").Select(image => (string?)image.Attribute("alt"))
            .Where(alt => alt!.StartsWith("Rows of ", StringComparison.Ordinal)),
            Has.One.EndsWith($"from 2 numbers by PCA (exact), plain and {Fabricated.OddName}."));

        PcaComparison none = Fabricated.Comparison([2], change: stage => stage with { Trustworthiness = double.NaN });
        page = XDocument.Parse(Report.ToHtml(Report.Build(none, Subject))).Root!;
        Assert.That(page.Descendants("th").Select(head => head.Nodes().First().ToString()),
            Has.Member("Trustworthiness"));
        Assert.That(page.Descendants("figcaption").Select(caption => caption.Value),
            Has.None.StartsWith("Trustworthiness"));
    }

    [Test]
    public void A_number_that_is_none_is_a_dash_and_a_fit_too_short_to_time_has_no_place()
    {
        PcaComparison comparison = Fabricated.Comparison([2],
            change: stage =>
            stage with { FitTime = TimeSpan.Zero, ExplainedVariance = stage.IsPca ? double.NaN : 0.5 });

        XElement[] rows = [.. TableSection.Of(comparison).Descendants("tbody").Single().Elements("tr").Skip(1)];
        Assert.That(rows.Select(row => row.Elements("td").ElementAt(1).Value),
            Is.EqualTo(new[] { "\u2013", "\u2013", "0.500", "0.500" }));
        Assert.That(WordsSection.Of(comparison).Descendants("dt").Select(term => term.Value),
            Has.None.StartsWith("Explained variance"), "one side has nothing to compare");
        Assert.That(CurvesSection.Of(comparison).Descendants("img").Select(image => (string?)image.Attribute("alt")),
            Has.One.StartsWith("Curves of Fit (seconds) at 2 numbers: PCA (exact) \u2013;"));
    }

    private string? Meta(string name) =>
        (string?)_page.Descendants("meta").Single(meta => (string?)meta.Attribute("name") == name).Attribute("content");

    private XElement Section(string id) =>
        _page.Descendants("section").Single(section => (string?)section.Attribute("id") == id);

    private static IEnumerable<int> Emphasised(XElement row) =>
        row.Elements("td").Select((cell, i) => (cell, i)).Where(pair => pair.cell.Element("strong") is not null)
            .Select(pair => pair.i);
}
