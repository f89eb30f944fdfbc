using System.Text.Json;
using IntegrationKit.Matching.Paths;
using IntegrationKit.Requests;

namespace IntegrationKit.Matching.Json;

/// <summary><c>matchesJsonPath</c>: the path finds something, or what it finds satisfies a matcher.</summary>
internal sealed class JsonPathMatcher(string expression, ValueMatcher? inner) : ValueMatcher
{
    private readonly JsonPath path = JsonPath.Parse(expression);

    public override string Expected => inner is null ? $"something at {expression}" : $"{inner.Expected} at {expression}";

    public override bool Matches(MockBody body)
    {
        var root = Root(body);
        return root is not { ValueKind: JsonValueKind.Null } && (inner is null ? Finds(root) : Values(root).Any(inner.Matches));
    }

    public override bool Matches(string? value)
    {
        using var body = MockBody.Of(value ?? "");
        return Matches(body);
    }

    public override IEnumerable<string> Differences(string? value)
    {
        using var body = MockBody.Of(value ?? "");
        if (body.Json is null)
        {
            return [$"expected {Expected}, was no JSON: {TextDisplay.Of(value)}"];
        }

        var found = Values(body.Json);
        return inner is null || found is [] or [null]
            ? [$"expected {Expected}, found nothing there"]
            : inner.Differences(found[0]).Select(difference => $"{expression}: {difference}");
    }

    /// <summary>A body that does not look like JSON is a text.</summary>
    private static JsonElement? Root(MockBody body) => body.Json
        ?? (body.MatchText?.TrimStart() is { Length: > 0 } text && text[0] is not ('{' or '[' or '"') ? JsonSerializer.SerializeToElement(body.Text) : null);

    private bool Finds(JsonElement? root)
    {
        if (root is not { } json)
        {
            return false;
        }

        var found = path.Evaluate(json);
        return path.IsDefinite
            ? found is [var value] && !IsEmpty(value)
            : found.Count > 0;
    }

    /// <summary>As WireMock has it: null, an empty list or object is nothing; false and an empty text are something.</summary>
    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    /// <summary>The texts the inner matcher is asked about. Only <c>absent</c> is asked when nothing was found.</summary>
    private IReadOnlyList<string?> Values(JsonElement? root)
    {
        IReadOnlyList<JsonElement> found = root is { } json ? path.Evaluate(json) : [];
        if (inner is EqualToJsonMatcher && !path.IsDefinite)
        {
            return [JsonSerializer.Serialize(found)];
        }

        if (path.IsDefinite && found is [{ ValueKind: JsonValueKind.Array } list] && inner is not EqualToJsonMatcher)
        {
            found = [.. list.EnumerateArray()];
        }

        string?[] texts = [.. found.Where(value => value.ValueKind != JsonValueKind.Null).Select(JsonValueText.Of)];
        return texts.Length == 0 && inner is AbsentMatcher ? [null] : texts;
    }
}
