using IntegrationKit.Matching.Parts;
using IntegrationKit.Requests;
using IntegrationKit.Stubs;

namespace IntegrationKit.Verification;

/// <summary>A stub that nearly matched, with the parts that did not.</summary>
internal sealed record NearMiss(Stub Stub, double Distance, IReadOnlyList<RequestPart> Failed)
{
    /// <summary>The nearest stubs, nearest first. Only the best candidates are looked at in detail.</summary>
    public static IReadOnlyList<NearMiss> Rank(MockRequest request, IEnumerable<Stub> stubs, int count)
    {
        var byUrl = stubs.Select(stub => (stub, rough: Rough(stub, request)))
            .OrderBy(candidate => candidate.rough)
            .Take(Math.Max(count * 8, 24));
        return [.. byUrl.Select(candidate => Of(candidate.stub, request)).OrderBy(miss => miss.Distance).Take(count)];
    }

    public static NearMiss Of(Stub stub, MockRequest request)
    {
        List<RequestPart> failed = [];
        var distance = 0.0;
        foreach (var part in stub.Mapping.Request.Parts)
        {
            if (!part.Matches(request))
            {
                failed.Add(part);
                distance += part.Weight * part.Distance(request);
            }
        }

        return new(stub, distance, failed);
    }

    private static double Rough(Stub stub, MockRequest request) =>
        stub.Mapping.Request.Parts
            .Where(part => part is MethodPart or UrlPart)
            .Sum(part => part.Weight * part.Distance(request));
}
