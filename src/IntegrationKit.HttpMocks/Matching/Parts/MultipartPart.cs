using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Parts;

/// <summary>A condition on the parts of a multipart body: one part, or all of them, satisfy it.</summary>
internal sealed class MultipartPart(MultipartPattern pattern) : RequestPart
{
    public override string Label => pattern.Name is null ? "multipart" : $"part {pattern.Name}";

    public override string Expected => string.Join(" and ", pattern.Describe());

    public override double Weight => 2;

    public override bool Matches(MockRequest request)
    {
        var parts = request.Parts;
        return parts.Count > 0 && (pattern.All ? parts.All(pattern.Matches) : parts.Any(pattern.Matches));
    }

    public override IEnumerable<string> Differences(MockRequest request) => request.Parts.Count == 0
        ? [$"expected {Expected}, was no multipart body"]
        : [$"expected {Expected} of {(pattern.All ? "all parts" : "a part")}; there are {string.Join(", ", request.Parts.Select(part => part.Name ?? "unnamed"))}"];
}

internal sealed record MultipartPattern(
    string? Name, string? FileName, bool All, IReadOnlyList<KeyValuePair<string, MultiMatcher>> Headers, IReadOnlyList<ValueMatcher> Body)
{
    public bool Matches(MultipartSectionData part) =>
        (Name is null || Name == part.Name)
        && (FileName is null || FileName == part.FileName)
        && Headers.All(header => header.Value.Matches(part.Headers[header.Key]))
        && Body.All(matcher => part.Body.Bytes.Length == 0 ? matcher.Matches("") : matcher.Matches(part.Body));

    public IEnumerable<string> Describe()
    {
        if (Name is not null)
        {
            yield return $"name {TextDisplay.Of(Name)}";
        }

        if (FileName is not null)
        {
            yield return $"file name {TextDisplay.Of(FileName)}";
        }

        foreach (var header in Headers)
        {
            yield return $"header {header.Key} {header.Value.Expected}";
        }

        foreach (var matcher in Body)
        {
            yield return $"body {matcher.Expected}";
        }
    }
}
