using System.Text.RegularExpressions;
using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Parts;

/// <summary>How a stub names the URLs it answers.</summary>
internal enum UrlKind
{
    Url,
    UrlPattern,
    UrlPath,
    UrlPathPattern,
    UrlPathTemplate,
}

/// <summary>The URL condition of a stub, and what an index may use of it.</summary>
internal sealed class UrlPart(UrlKind kind, string value) : RequestPart
{
    private readonly Regex? regex = kind switch
    {
        UrlKind.UrlPattern or UrlKind.UrlPathPattern => JavaRegex.Compile(value),
        _ => null,
    };

    public PathTemplate? Template { get; } = kind == UrlKind.UrlPathTemplate ? new PathTemplate(value) : null;

    public UrlKind Kind => kind;

    public string Value => value;

    public override string Label => kind is UrlKind.Url or UrlKind.UrlPattern ? "url" : "path";

    public override string Expected => kind is UrlKind.UrlPattern or UrlKind.UrlPathPattern ? $"a match of /{value}/" : TextDisplay.Of(value);

    public override double Weight => 5;

    /// <summary>The one path it can match, or null for patterns and templates.</summary>
    public string? ExactPath => kind switch
    {
        UrlKind.Url => MockRequest.PathOf(value),
        UrlKind.UrlPath => value,
        _ => null,
    };

    /// <summary>What every matching target starts with; used when there is no exact path.</summary>
    public string LiteralPrefix { get; } = kind switch
    {
        UrlKind.UrlPathTemplate => PathTemplate.PrefixOf(value),
        UrlKind.UrlPattern or UrlKind.UrlPathPattern => RegexPrefix.Of(value),
        _ => "",
    };

    public override bool Matches(MockRequest request) => kind switch
    {
        UrlKind.Url => string.Equals(value, request.Target, StringComparison.Ordinal),
        UrlKind.UrlPath => string.Equals(value, request.Path, StringComparison.Ordinal),
        UrlKind.UrlPattern => RegexMatcher.FullMatch(regex!, request.Target),
        UrlKind.UrlPathPattern => RegexMatcher.FullMatch(regex!, request.Path),
        _ => Template!.Matches(request.Path),
    };

    public override double Distance(MockRequest request) =>
        Matches(request) ? 0 : TextDistance.Normalised(value, Seen(request));

    public override IEnumerable<string> Differences(MockRequest request)
    {
        var seen = Seen(request);
        var note = string.Equals(seen, value, StringComparison.OrdinalIgnoreCase) ? " (differs only in case)" : "";
        yield return $"expected {Expected}, was {TextDisplay.Of(seen)}{note}";
    }

    private string Seen(MockRequest request) => kind is UrlKind.Url or UrlKind.UrlPattern ? request.Target : request.Path;
}
