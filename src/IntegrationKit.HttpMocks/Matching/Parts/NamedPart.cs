using IntegrationKit.Requests;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Matching.Parts;

/// <summary>A condition on a named value: query parameter, header, cookie, form field or path variable.</summary>
internal sealed class NamedPart(NamedSource source, string name, MultiMatcher matcher) : RequestPart
{
    public NamedSource Source => source;

    public string Name => name;

    public MultiMatcher Matcher => matcher;

    public override string Label => $"{source.Label} {name}";

    public override string Expected => matcher.Expected;

    /// <summary>A cookie that was not sent satisfies nothing but <c>absent</c>, as in WireMock.</summary>
    public override bool Matches(MockRequest request)
    {
        var values = source.Values(request, name);
        return (values.Count > 0 || source != NamedSource.Cookie || matcher.IsAbsent) && matcher.Matches(values);
    }

    public override double Distance(MockRequest request) => Matches(request) ? 0 : matcher.Distance(source.Values(request, name));

    public override IEnumerable<string> Differences(MockRequest request)
    {
        var values = source.Values(request, name);
        if (values.Count > 0 || source.SimilarName(request, name) is not { } similar)
        {
            return matcher.Differences(values);
        }

        return matcher.Differences(values).Select(text => $"{text}; there is {TextDisplay.Of(similar)}");
    }
}

/// <summary>Where named values come from.</summary>
internal sealed record NamedSource(
    string Label, Func<MockRequest, string, StringValues> Values, Func<MockRequest, IEnumerable<string>> Names)
{
    public static readonly NamedSource Query = new("query", (r, name) => r.Query[name], r => r.Query.Names);

    public static readonly NamedSource Header = new("header", (r, name) => r.Headers[name], r => r.Headers.All.Select(h => h.Key));

    public static readonly NamedSource Form = new("form field", (r, name) => r.Form[name], r => r.Form.Names);

    public static readonly NamedSource Cookie = new("cookie", CookiesOf, r => r.Cookies.Select(c => c.Key));

    public static NamedSource PathVariable(PathTemplate template) => new(
        "path variable",
        (r, name) => template.Values(r.Path).TryGetValue(name, out var value) ? value : default(StringValues),
        r => template.Values(r.Path).Keys);

    /// <summary>A name that differs from the expected one only in case or by a letter or two.</summary>
    public string? SimilarName(MockRequest request, string name) =>
        Names(request).Where(other => other != name)
            .Select(other => (other, distance: TextDistance.Normalised(name.ToLowerInvariant(), other.ToLowerInvariant())))
            .Where(candidate => candidate.distance <= 0.34)
            .OrderBy(candidate => candidate.distance)
            .Select(candidate => candidate.other)
            .FirstOrDefault();

    private static StringValues CookiesOf(MockRequest request, string name) =>
        new([.. request.Cookies.Where(cookie => cookie.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(cookie => cookie.Value)]);
}
