using System.Text;
using System.Xml;
using System.Xml.Linq;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca.Reporting;

/// <summary>A comparison as a page of its own: pictures and style are inside, and nothing is fetched.</summary>
internal static class Report
{
    // Elements that HTML closes by itself. All others need an end tag, however empty they are.
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "img", "link", "meta", "source" };

    public static XDocument Build(PcaComparison comparison, ReportSubject subject)
    {
        string title = $"PCA and autoencoders on {subject.Rows}";
        return new XDocument(
            new XDocumentType("html", null, null, null),
            new XElement("html", new XAttribute("lang", "en"),
                Head(title),
                new XElement("body",
                    new XElement("main",
                        Introduction.Of(title, comparison, subject),
                        TableSection.Of(comparison),
                        WordsSection.Of(comparison),
                        CurvesSection.Of(comparison),
                        PlanesSection.Of(comparison, subject),
                        ReconstructionsSection.Of(comparison, subject)))));
    }

    /// <summary>Well-formed as XML, and the same document when read as HTML.</summary>
    public static string ToHtml(XDocument document)
    {
        var copy = new XDocument(document);
        foreach (XElement element in copy.Descendants()
            .Where(element => element.IsEmpty && !Void.Contains(element.Name.LocalName)))
            element.Value = "";
        var html = new StringBuilder();
        using (var writer = XmlWriter.Create(html,
            new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" }))
            copy.Save(writer);
        return html.Append('\n').ToString();
    }

    private static XElement Head(string title) => new("head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        // The browser itself sees to it that nothing is fetched.
        Meta("Content-Security-Policy", "http-equiv", "default-src 'none'; img-src data:; style-src 'unsafe-inline'"),
        Meta("viewport", "name", "width=device-width, initial-scale=1"),
        Meta("color-scheme", "name", "light dark"),
        new XElement("title", title),
        new XElement("link", new XAttribute("rel", "icon"), new XAttribute("href", "data:,")),
        new XElement("style", Style.Css));

    private static XElement Meta(string name, string attribute, string content) =>
        new("meta", new XAttribute(attribute, name), new XAttribute("content", content));
}
