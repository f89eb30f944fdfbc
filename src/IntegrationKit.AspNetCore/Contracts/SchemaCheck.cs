using System.Text.Json;
using System.Text.RegularExpressions;

namespace IntegrationKit.Contracts;

/// <summary>
/// Compares a value with the part of JSON Schema that OpenAPI documents of ASP.NET Core use. What it does not know it
/// accepts: a statement of the report has to be certain.
/// </summary>
internal sealed class SchemaCheck(ContractDocument document)
{
    private const int MostViolations = 10;
    private const int Deepest = 64;
    private readonly List<string> violations = [];

    public static IReadOnlyList<string> Violations(ContractDocument document, JsonElement schema, JsonElement value)
    {
        var check = new SchemaCheck(document);
        check.Check(schema, value, "", 0);
        return check.violations;
    }

    private void Check(JsonElement reference, JsonElement value, string path, int depth)
    {
        if (depth > Deepest || violations.Count >= MostViolations
            || document.Resolve(reference) is not { ValueKind: JsonValueKind.Object } schema || IsAllowedNull(schema, reference, value))
        {
            return;
        }

        CheckCombinations(schema, value, path, depth);
        if (!CheckType(schema, value, path))
        {
            return;
        }

        CheckConstants(schema, value, path);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckMembers(schema, value, path, depth);
                break;
            case JsonValueKind.Array when schema.TryGetProperty("items", out var items):
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(items, item, $"{path}/{index++}", depth + 1);
                }

                break;
            case JsonValueKind.String:
                CheckText(schema, value.GetString()!, path);
                break;
            case JsonValueKind.Number:
                CheckNumber(schema, value, path);
                break;
        }
    }

    private static bool IsAllowedNull(JsonElement schema, JsonElement reference, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null && (IsTrue(schema, "nullable") || IsTrue(reference, "nullable"));

    private static bool IsTrue(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private void CheckCombinations(JsonElement schema, JsonElement value, string path, int depth)
    {
        foreach (var part in Parts(schema, "allOf"))
        {
            Check(part, value, path, depth + 1);
        }

        foreach (var name in new[] { "oneOf", "anyOf" })
        {
            var choices = Parts(schema, name).ToList();
            if (choices.Count > 0 && choices.TrueForAll(choice => Violations(document, choice, value).Count > 0))
            {
                Say(path, $"fits none of the {choices.Count} documented shapes");
            }
        }
    }

    private bool CheckType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return true;
        }

        var allowed = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()).ToList() : [type.GetString()];
        var actual = NameOf(value);
        if (allowed.Contains(actual) || (actual == "integer" && allowed.Contains("number")))
        {
            return true;
        }

        Say(path, $"is {actual}, documented is {string.Join(" or ", allowed)}");
        return false;
    }

    private void CheckConstants(JsonElement schema, JsonElement value, string path)
    {
        var allowed = Parts(schema, "enum").ToList();
        if (allowed.Count > 0 && !allowed.Exists(choice => JsonElement.DeepEquals(choice, value)))
        {
            Say(path, $"is {Short(value)}, documented are {string.Join(", ", allowed.Select(Short))}");
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string path, int depth)
    {
        foreach (var name in Parts(schema, "required").Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
        {
            Say(path, $"has no \"{name}\", which is required");
        }

        var declared = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        foreach (var member in value.EnumerateObject())
        {
            if (declared.ValueKind == JsonValueKind.Object && declared.TryGetProperty(member.Name, out var known))
            {
                Check(known, member.Value, $"{path}/{member.Name}", depth + 1);
            }
            else if (others.ValueKind == JsonValueKind.False)
            {
                Say(path, $"has \"{member.Name}\", which is not documented");
            }
            else if (others.ValueKind == JsonValueKind.Object)
            {
                Check(others, member.Value, $"{path}/{member.Name}", depth + 1);
            }
        }
    }

    private void CheckText(JsonElement schema, string text, string path)
    {
        if (schema.TryGetProperty("format", out var format) && !Fits(format.GetString(), text))
        {
            Say(path, $"is not a {format.GetString()}");
        }

        if (Number(schema, "minLength") is { } least && text.Length < least)
        {
            Say(path, $"is shorter than {least}");
        }

        if (Number(schema, "maxLength") is { } most && text.Length > most)
        {
            Say(path, $"is longer than {most}");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && !Matches(pattern.GetString()!, text))
        {
            Say(path, $"does not match {pattern.GetString()}");
        }
    }

    private void CheckNumber(JsonElement schema, JsonElement value, string path)
    {
        if (Number(schema, "minimum") is { } least && value.GetDouble() < least)
        {
            Say(path, $"is {Short(value)}, less than {least}");
        }

        if (Number(schema, "maximum") is { } most && value.GetDouble() > most)
        {
            Say(path, $"is {Short(value)}, more than {most}");
        }
    }

    private static bool Fits(string? format, string text) => format switch
    {
        "date-time" => DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _),
        "uuid" => Guid.TryParse(text, out _),
        _ => true,
    };

    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static IEnumerable<JsonElement> Parts(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array ? parts.EnumerateArray() : [];

    private static double? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) || value.GetDouble() == Math.Floor(value.GetDouble()) ? "integer" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 40 } raw ? raw[..40] + "…" : value.GetRawText();

    private void Say(string path, string what) => violations.Add($"{(path.Length == 0 ? "the body" : path)} {what}");
}
