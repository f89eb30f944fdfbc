using IntegrationKit.Requests;

namespace IntegrationKit.Matching;

internal sealed class AllMatcher(IReadOnlyList<ValueMatcher> matchers) : ValueMatcher
{
    public override string Expected => string.Join(" and ", matchers.Select(matcher => matcher.Expected));

    public override bool Matches(string? value) => matchers.All(matcher => matcher.Matches(value));

    public override bool Matches(MockBody body) => matchers.All(matcher => matcher.Matches(body));

    public override IEnumerable<string> Differences(string? value) =>
        matchers.Where(matcher => !matcher.Matches(value)).SelectMany(matcher => matcher.Differences(value));
}

internal sealed class AnyMatcher(IReadOnlyList<ValueMatcher> matchers) : ValueMatcher
{
    public override string Expected => string.Join(" or ", matchers.Select(matcher => matcher.Expected));

    public override bool Matches(string? value) => matchers.Any(matcher => matcher.Matches(value));

    public override bool Matches(MockBody body) => matchers.Any(matcher => matcher.Matches(body));
}

internal sealed class NotMatcher(ValueMatcher inner) : ValueMatcher
{
    public override string Expected => $"not ({inner.Expected})";

    public override bool Matches(string? value) => !inner.Matches(value);

    public override bool Matches(MockBody body) => !inner.Matches(body);
}

internal sealed class PathTemplateMatcher(string template) : ValueMatcher
{
    private readonly Parts.PathTemplate path = new(template);

    public override string Expected => $"a path like {template}";

    public override bool Matches(string? value) => value is not null && path.Matches(MockRequest.PathOf(value));
}
