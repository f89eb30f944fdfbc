using System.Text.Json;
using IntegrationKit.Matching.Json;

namespace IntegrationKit.Schemas;

/// <summary>The keywords about arrays.</summary>
internal sealed class ArrayRules(SchemaValidation validation, JsonElement schema)
{
    private static readonly JsonComparison Strict = new(ignoreArrayOrder: false, ignoreExtra: false);

    public void Check(JsonElement value, string path)
    {
        var count = value.GetArrayLength();
        ScalarRules.CheckRange(schema, "minItems", "maxItems", count, $"{path}: {count} elements", validation.Problems);
        CheckItems(value, path);
        if (SchemaValidation.Flag(schema, "uniqueItems") && HasDuplicates(value))
        {
            validation.Problems.Add($"{path}: elements are not unique");
        }

        if (validation.Version.Knows("contains") && schema.TryGetProperty("contains", out var contained))
        {
            var matching = value.EnumerateArray().Count(item => validation.IsValid(contained, item));
            var least = schema.TryGetProperty("minContains", out var minimum) && minimum.TryGetInt32(out var given) ? given : 1;
            if (matching < least || (schema.TryGetProperty("maxContains", out var maximum) && matching > maximum.GetDouble()))
            {
                validation.Problems.Add($"{path}: {(matching == 0 ? "no element matches" : $"{matching} elements match")} 'contains'");
            }
        }
    }

    private void CheckItems(JsonElement value, string path)
    {
        var hasPrefix = schema.TryGetProperty("prefixItems", out var first) && validation.Version.Knows("prefixItems");
        var hasItems = schema.TryGetProperty("items", out var items);
        if (hasItems && items.ValueKind == JsonValueKind.Array)
        {
            if (validation.Version == SchemaVersion.V202012)
            {
                validation.Problems.Add($"{path}: the schema's 'items' is an array, which this draft does not know");
                return;
            }

            (hasPrefix, first) = (true, items);
            hasItems = schema.TryGetProperty("additionalItems", out items);
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (hasPrefix && index < first.GetArrayLength())
            {
                validation.Check(first[index], item, $"{path}[{index}]");
            }
            else if (hasItems)
            {
                validation.Check(items, item, $"{path}[{index}]");
            }

            index++;
        }
    }

    private static bool HasDuplicates(JsonElement value)
    {
        var items = value.EnumerateArray().ToArray();
        return items.Where((left, i) => items.Skip(i + 1).Any(right => Strict.Equal(left, right))).Any();
    }
}
