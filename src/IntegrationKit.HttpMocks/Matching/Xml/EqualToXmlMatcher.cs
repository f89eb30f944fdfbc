using System.Xml.Linq;

namespace IntegrationKit.Matching.Xml;

internal sealed class EqualToXmlMatcher(XDocument expected, XmlOptions options) : ValueMatcher
{
    private readonly XmlComparison comparison = new(options);

    public override string Expected => "XML " + TextDisplay.Of(expected.ToString(SaveOptions.DisableFormatting));

    public override bool Matches(string? value) =>
        XmlText.TryParse(value)?.Root is { } root && comparison.Differences(expected.Root!, root).Count == 0;

    public override IEnumerable<string> Differences(string? value) => XmlText.TryParse(value)?.Root is { } root
        ? comparison.Differences(expected.Root!, root).Take(8)
        : [$"expected {Expected}, was no XML: {TextDisplay.Of(value)}"];
}
