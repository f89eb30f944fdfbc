using System.Globalization;
using System.Text.Json;
using IntegrationKit.Matching.Json;

namespace IntegrationKit.Schemas;

/// <summary>One validation of one value.</summary>
internal sealed class SchemaValidation(JsonElement root, SchemaVersion version, bool refuseUndeclared)
{
    private const int DeepestReference = 64;

    private static readonly string[] Types = ["object", "array", "string", "boolean", "null", "number", "integer"];

    private static readonly JsonComparison Strict = new(ignoreArrayOrder: false, ignoreExtra: false);

    private int depth;

    public SchemaVersion Version => version;

    public List<string> Problems { get; private init; } = [];

    public void Check(JsonElement schema, JsonElement value, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            if (schema.ValueKind == JsonValueKind.False)
            {
                Problems.Add($"{path}: nothing is allowed here");
            }

            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            CheckReference(reference.GetString() ?? "", value, path);
        }

        if (value.ValueKind == JsonValueKind.Null && Flag(schema, "nullable"))
        {
            return;
        }

        CheckType(schema, value, path);
        CheckValues(schema, value, path);
        CheckCombinations(schema, value, path);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                new ObjectRules(this, schema, refuseUndeclared).Check(value, path);
                break;
            case JsonValueKind.Array:
                new ArrayRules(this, schema).Check(value, path);
                break;
            case JsonValueKind.String:
                ScalarRules.CheckText(schema, value.GetString()!, path, this);
                break;
            case JsonValueKind.Number:
                ScalarRules.CheckNumber(schema, value, path, Problems);
                break;
        }
    }

    public bool IsValid(JsonElement schema, JsonElement value)
    {
        var trial = new SchemaValidation(root, version, refuseUndeclared: false) { depth = depth };
        trial.Check(schema, value, "$");
        return trial.Problems.Count == 0;
    }

    public static bool Flag(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private void CheckReference(string reference, JsonElement value, string path)
    {
        if (Resolve(root, reference) is not { } target)
        {
            Problems.Add($"{path}: the schema refers to {reference}, which is not in the document");
            return;
        }

        if (++depth <= DeepestReference)
        {
            Check(target, value, path);
        }

        depth--;
    }

    public static JsonElement? Resolve(JsonElement root, string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        var current = root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (current.ValueKind == JsonValueKind.Array && int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index < current.GetArrayLength())
            {
                current = current[index];
            }
            else if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return null;
            }
        }

        return current;
    }

    private void CheckType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return;
        }

        string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(item => item.GetString()!)] : [type.GetString()!];
        if (types.Any(name => !Types.Contains(name)))
        {
            Problems.Add($"{path}: the schema names an unknown type");
        }
        else if (!types.Any(name => IsOf(name, value)))
        {
            Problems.Add($"{path}: expected {string.Join(" or ", types)}, was {JsonText.Of(value)}");
        }
    }

    private bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (version == SchemaVersion.V4
            ? value.GetRawText().AsSpan().IndexOfAny("eE.") < 0
            : value.GetDouble() is var number && Math.Floor(number).Equals(number)),
        _ => false,
    };

    private void CheckValues(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(item => Strict.Equal(item, value)))
        {
            Problems.Add($"{path}: expected one of {JsonText.Of(allowed)}, was {JsonText.Of(value)}");
        }

        if (version.Knows("const") && schema.TryGetProperty("const", out var constant) && !Strict.Equal(constant, value))
        {
            Problems.Add($"{path}: expected {JsonText.Of(constant)}, was {JsonText.Of(value)}");
        }
    }

    private void CheckCombinations(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                Check(part, value, path);
            }
        }

        if (schema.TryGetProperty("anyOf", out var any) && !any.EnumerateArray().Any(part => IsValid(part, value)))
        {
            Problems.Add($"{path}: matches none of anyOf");
        }

        if (schema.TryGetProperty("oneOf", out var one) && one.EnumerateArray().Count(part => IsValid(part, value)) is var count and not 1)
        {
            Problems.Add($"{path}: matches {count} of oneOf instead of exactly one");
        }

        if (schema.TryGetProperty("not", out var not) && IsValid(not, value))
        {
            Problems.Add($"{path}: matches what 'not' excludes");
        }

        if (version.Knows("if") && schema.TryGetProperty("if", out var condition)
            && schema.TryGetProperty(IsValid(condition, value) ? "then" : "else", out var consequence))
        {
            Check(consequence, value, path);
        }
    }
}
