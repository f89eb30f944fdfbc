using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationKit.Matching.Json;

namespace IntegrationKit.Schemas;

/// <summary>The keywords about objects.</summary>
internal sealed class ObjectRules(SchemaValidation validation, JsonElement schema, bool refuseUndeclared)
{
    public void Check(JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Select(item => item.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            {
                validation.Problems.Add($"{path}: '{name}' is missing");
            }
        }

        var count = value.EnumerateObject().Count();
        ScalarRules.CheckRange(schema, "minProperties", "maxProperties", count, $"{path}: {count} members", validation.Problems);
        foreach (var member in value.EnumerateObject())
        {
            CheckMember(member, path);
        }
    }

    private void CheckMember(JsonProperty member, string path)
    {
        var at = JsonText.Child(path, member.Name);
        if (schema.TryGetProperty("propertyNames", out var names) && !validation.IsValid(names, JsonSerializer.SerializeToElement(member.Name)))
        {
            validation.Problems.Add($"{at}: the name is not allowed");
        }

        var declared = false;
        if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var own))
        {
            declared = true;
            validation.Check(own, member.Value, at);
        }

        if (schema.TryGetProperty("patternProperties", out var patterns))
        {
            foreach (var pattern in patterns.EnumerateObject().Where(pattern => Regex.IsMatch(member.Name, pattern.Name, RegexOptions.None, TimeSpan.FromSeconds(1))))
            {
                declared = true;
                validation.Check(pattern.Value, member.Value, at);
            }
        }

        if (declared)
        {
            return;
        }

        if (schema.TryGetProperty("additionalProperties", out var additional))
        {
            CheckAdditional(additional, member, at);
        }
        else if (refuseUndeclared && properties.ValueKind == JsonValueKind.Object && !schema.TryGetProperty("allOf", out _))
        {
            validation.Problems.Add($"{at}: is not declared");
        }
    }

    private void CheckAdditional(JsonElement additional, JsonProperty member, string at)
    {
        if (additional.ValueKind == JsonValueKind.False)
        {
            validation.Problems.Add($"{at}: is not declared");
            return;
        }

        validation.Check(additional, member.Value, at);
    }
}
