using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Parts;

internal sealed class MethodPart(IReadOnlyList<string> methods, bool negated) : RequestPart
{
    public override string Label => "method";

    public override string Expected => (negated ? "none of " : "") + string.Join(" or ", methods);

    public override double Weight => 3;

    public override bool Matches(MockRequest request)
    {
        foreach (var method in methods)
        {
            if (string.Equals(method, request.Method, StringComparison.Ordinal))
            {
                return !negated;
            }
        }

        return negated;
    }

    public override IEnumerable<string> Differences(MockRequest request) => [$"expected {Expected}, was {request.Method}"];
}
