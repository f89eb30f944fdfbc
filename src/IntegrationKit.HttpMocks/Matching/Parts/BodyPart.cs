using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Parts;

internal sealed class BodyPart(ValueMatcher matcher) : RequestPart
{
    public ValueMatcher Matcher => matcher;

    public override string Label => "body";

    public override string Expected => matcher.Expected;

    public override double Weight => 2;

    public override bool Matches(MockRequest request) => matcher.Matches(request.Body);

    public override double Distance(MockRequest request) => Matches(request) ? 0 : Math.Max(0.01, matcher.Distance(request.Body.MatchText));

    public override IEnumerable<string> Differences(MockRequest request) => matcher.Differences(request.Body.MatchText);
}
