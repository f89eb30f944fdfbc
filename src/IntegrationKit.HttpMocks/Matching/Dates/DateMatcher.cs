namespace IntegrationKit.Matching.Dates;

/// <summary>Options of the date matchers.</summary>
internal sealed record DateOptions(string? ActualFormat, string? TruncateActual, bool TruncateLast);

/// <summary><c>before</c>, <c>after</c> and <c>equalToDateTime</c>.</summary>
internal sealed class DateMatcher(string keyword, DateMoment expected, DateOptions options, TimeProvider time) : ValueMatcher
{
    public override string Expected => $"a date {keyword switch
    {
        "before" => "before",
        "after" => "after",
        _ => "equal to",
    }} {Moment:O}";

    private DateTimeOffset Moment => expected.At(time.GetUtcNow(), options.TruncateLast);

    public override bool Matches(string? value)
    {
        if (DateText.Parse(value, options.ActualFormat) is not { } date)
        {
            return false;
        }

        var order = DateMoment.Truncate(date, options.TruncateActual).CompareTo(Moment);
        return keyword switch
        {
            "before" => order < 0,
            "after" => order > 0,
            _ => order == 0,
        };
    }
}
