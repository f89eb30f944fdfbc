using System.Text.RegularExpressions;

namespace IntegrationKit.Matching;

/// <summary>A regular expression that has to match the whole text, with a time limit.</summary>
internal sealed class RegexMatcher : ValueMatcher
{
    private readonly string pattern;
    private readonly bool negated;
    private readonly Regex regex;

    public RegexMatcher(string pattern, bool negated)
    {
        this.pattern = pattern;
        this.negated = negated;
        regex = JavaRegex.Compile(pattern);
    }

    public override string Expected => $"{(negated ? "no match" : "a match")} of /{pattern}/";

    public override bool Matches(string? value) => (value is not null && FullMatch(regex, value)) != negated;

    /// <summary>A pattern that takes too long counts as not matching.</summary>
    public static bool FullMatch(Regex regex, string value)
    {
        try
        {
            return regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
