using System.Text.Json;
using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Json;

internal sealed class EqualToJsonMatcher(JsonElement expected, bool ignoreArrayOrder, bool ignoreExtra) : ValueMatcher
{
    private const int Shown = 8;

    private readonly JsonComparison comparison = new(ignoreArrayOrder, ignoreExtra);

    public JsonElement Document => expected;

    public bool IgnoresExtra => ignoreExtra;

    public override string Expected => "JSON " + JsonText.Of(expected);

    public override bool Matches(MockBody body) => body.Json is { } actual && comparison.Equal(expected, actual);

    public override bool Matches(string? value)
    {
        using var body = MockBody.Of(value ?? "");
        return value is not null && Matches(body);
    }

    public override double Distance(string? value)
    {
        using var body = MockBody.Of(value ?? "");
        if (body.Json is not { } actual)
        {
            return 1;
        }

        var differences = comparison.Differences(expected, actual, int.MaxValue).Count;
        return Math.Min(1, (double)differences / Math.Max(1, Math.Max(Size(expected), Size(actual))));
    }

    public override IEnumerable<string> Differences(string? value)
    {
        using var body = MockBody.Of(value ?? "");
        if (body.Json is not { } actual)
        {
            return [string.IsNullOrEmpty(value) ? $"expected {Expected}, was empty" : $"expected {Expected}, was no JSON: {TextDisplay.Of(value)}"];
        }

        return comparison.Differences(expected, actual, Shown).ConvertAll(difference => difference.ToString());
    }

    private static int Size(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Sum(member => Size(member.Value)),
        JsonValueKind.Array => 1 + value.EnumerateArray().Sum(Size),
        _ => 1,
    };
}
