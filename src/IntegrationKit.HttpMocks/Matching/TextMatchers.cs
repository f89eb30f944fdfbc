using IntegrationKit.Requests;

namespace IntegrationKit.Matching;

internal sealed class EqualToMatcher(string expected, bool caseInsensitive) : ValueMatcher
{
    private readonly StringComparison comparison = caseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public string Value => expected;

    public override string Expected => TextDisplay.Of(expected) + (caseInsensitive ? " in any case" : "");

    public override bool Matches(string? value) => value is not null && string.Equals(value, expected, comparison);

    public override double Distance(string? value) => Matches(value) ? 0 : TextDistance.Normalised(expected, value);

    public override IEnumerable<string> Differences(string? value)
    {
        var note = value is null
            ? ""
            : string.Equals(value, expected, StringComparison.OrdinalIgnoreCase)
                ? " (differs only in case)"
                : value.Trim() == expected.Trim() ? " (differs only in surrounding white space)" : "";
        yield return $"expected {Expected}, was {TextDisplay.Of(value)}{note}";
    }
}

internal sealed class BinaryEqualToMatcher(byte[] expected) : ValueMatcher
{
    public override string Expected => $"{expected.Length} bytes {Convert.ToBase64String(expected.AsSpan(0, Math.Min(24, expected.Length)))}";

    public override bool Matches(string? value) => value is not null && Convert.ToBase64String(expected) == value;

    public override bool Matches(MockBody body) => body.Bytes.AsSpan().SequenceEqual(expected);
}

internal sealed class ContainsMatcher(string part, bool negated) : ValueMatcher
{
    public override string Expected => (negated ? "no " : "a text with ") + TextDisplay.Of(part);

    public override bool Matches(string? value) => negated
        ? value?.Contains(part, StringComparison.Ordinal) != true
        : value?.Contains(part, StringComparison.Ordinal) == true;
}

internal sealed class AbsentMatcher(bool absent) : ValueMatcher
{
    public override string Expected => absent ? "absent" : "present";

    public override bool Matches(string? value) => value is null == absent;
}

internal sealed class AnythingMatcher : ValueMatcher
{
    public override string Expected => "anything";

    public override bool Matches(string? value) => true;
}
