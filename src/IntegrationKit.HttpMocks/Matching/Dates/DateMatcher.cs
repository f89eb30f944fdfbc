namespace IntegrationKit.Matching.Dates;

/// <summary>Options of the date matchers.</summary>
internal sealed record DateOptions(string? ActualFormat, string? TruncateActual, bool TruncateLast);

/// <summary>
/// <c>before</c>, <c>after</c> and <c>equalToDateTime</c>. Dates with a zone are compared as moments, dates without one as
/// they are written; where only one has a zone, an expected local date is compared with the actual one as written, and an
/// actual local date is taken as UTC.
/// </summary>
internal sealed class DateMatcher(string keyword, DateMoment expected, DateOptions options, TimeProvider time) : ValueMatcher
{
    public override string Expected => $"a date {keyword switch
    {
        "before" => "before",
        "after" => "after",
        _ => "equal to",
    }} {(expected.Local is { } local ? local.ToString("s") : Moment.ToString("O"))}";

    private DateTimeOffset Moment => expected.At(time.GetUtcNow(), options.TruncateLast);

    public override bool Matches(string? value)
    {
        var read = DateReading.Of(value, options.ActualFormat);
        var zoned = read.Zoned is { } date ? DateMoment.Truncate(date, options.TruncateActual) : (DateTimeOffset?)null;
        int? order = expected.Local is { } local
            ? (read.Local ?? zoned?.DateTime)?.CompareTo(local)
            : (zoned ?? (read.Local is { } written ? new DateTimeOffset(written, TimeSpan.Zero) : null))?.CompareTo(Moment);
        return keyword switch
        {
            "before" => order < 0,
            "after" => order > 0,
            _ => order == 0,
        };
    }
}
