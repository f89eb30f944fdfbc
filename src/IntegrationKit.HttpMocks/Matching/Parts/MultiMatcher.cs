using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Matching.Parts;

/// <summary>A matcher over all values of one name: any of them, exactly these, or at least these.</summary>
internal abstract class MultiMatcher
{
    public abstract string Expected { get; }

    /// <summary>It asks for the value not to be there.</summary>
    public virtual bool IsAbsent => false;

    public abstract bool Matches(StringValues values);

    public abstract double Distance(StringValues values);

    public abstract IEnumerable<string> Differences(StringValues values);
}

internal sealed class AnyValueMatcher(ValueMatcher matcher) : MultiMatcher
{
    public ValueMatcher Matcher => matcher;

    public override string Expected => matcher.Expected;

    public override bool IsAbsent => matcher is AbsentMatcher;

    public override bool Matches(StringValues values)
    {
        if (values.Count == 0)
        {
            return matcher.Matches((string?)null);
        }

        foreach (var value in values)
        {
            if (matcher.Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    public override double Distance(StringValues values) =>
        values.Count == 0 ? matcher.Distance(null) : values.Min(matcher.Distance);

    public override IEnumerable<string> Differences(StringValues values) =>
        matcher.Differences(values.Count == 0 ? null : values.MinBy(matcher.Distance));
}

internal sealed class SeveralValuesMatcher(IReadOnlyList<ValueMatcher> matchers, bool exactly) : MultiMatcher
{
    public override string Expected => $"{(exactly ? "exactly" : "at least")} [{string.Join(", ", matchers.Select(m => m.Expected))}]";

    public override bool Matches(StringValues values) =>
        values.Count > 0
        && (!exactly || values.Count == matchers.Count)
        && matchers.All(matcher => values.Any(matcher.Matches));

    public override double Distance(StringValues values) => Matches(values)
        ? 0
        : Math.Max(0.1, (double)matchers.Count(matcher => !values.Any(matcher.Matches)) / Math.Max(1, matchers.Count));

    public override IEnumerable<string> Differences(StringValues values) =>
        [$"expected {Expected}, was [{string.Join(", ", values.Select(TextDisplay.Of))}]"];
}
