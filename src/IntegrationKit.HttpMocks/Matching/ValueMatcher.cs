using IntegrationKit.Requests;

namespace IntegrationKit.Matching;

/// <summary>One matcher of the stub-mapping format over one text (a header, a query value, a body). Immutable, thread-safe.</summary>
internal abstract class ValueMatcher
{
    /// <summary>What is expected, in a few words, for differences: <c>equal to "x"</c>.</summary>
    public abstract string Expected { get; }

    /// <param name="value">The text, or null when it is absent.</param>
    public abstract bool Matches(string? value);

    public virtual bool Matches(MockBody body) => Matches(body.MatchText);

    /// <summary>How far the value is from matching: 0 matches, 1 has nothing in common.</summary>
    public virtual double Distance(string? value) => Matches(value) ? 0 : 1;

    /// <summary>What differs, most telling first. Only called when it does not match.</summary>
    public virtual IEnumerable<string> Differences(string? value)
    {
        yield return $"expected {Expected}, was {TextDisplay.Of(value)}";
    }
}
