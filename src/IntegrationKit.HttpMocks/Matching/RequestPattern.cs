using IntegrationKit.Matching.Parts;
using IntegrationKit.Requests;

namespace IntegrationKit.Matching;

/// <summary>All conditions of a stub on a request, cheapest first.</summary>
internal sealed record RequestPattern(IReadOnlyList<RequestPart> Parts)
{
    private readonly RequestPart[] parts = [.. Parts];

    public UrlPart? Url { get; } = Parts.OfType<UrlPart>().FirstOrDefault();

    /// <summary>What the stub calls its method, for titles.</summary>
    public string MethodText { get; } = Parts.OfType<MethodPart>().FirstOrDefault()?.Expected ?? "ANY";

    public string UrlText => Url?.Value ?? "any URL";

    public bool Matches(MockRequest request)
    {
        foreach (var part in parts)
        {
            if (!part.Matches(request))
            {
                return false;
            }
        }

        return true;
    }
}
