using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Parts;

/// <summary>A condition on where the request went to or came from: host, port, scheme, client address.</summary>
internal sealed class AddressPart(string label, ValueMatcher matcher, Func<MockRequest, string> value) : RequestPart
{
    public override string Label => label;

    public override string Expected => matcher.Expected;

    public override bool Matches(MockRequest request) => matcher.Matches(value(request));

    public override IEnumerable<string> Differences(MockRequest request) => matcher.Differences(value(request));
}
