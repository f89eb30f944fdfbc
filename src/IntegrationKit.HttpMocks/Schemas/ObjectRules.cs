using System.Text.Json;
using System.Text.RegularExpressions;
using IntegrationKit.Matching.Json;

namespace IntegrationKit.Schemas;

/// <summary>The keywords about objects.</summary>
internal sealed class ObjectRules(SchemaValidation validation, JsonElement schema, bool refuseUndeclared)
{
    private static readonly string[] Dependencies = ["dependencies", "dependentRequired", "dependentSchemas"];
    private static readonly string[] Combining = ["allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas"];

    public void Check(JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Select(item => item.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            {
                validation.Problems.Add($"{path}: '{name}' is missing");
            }
        }

        CheckDependencies(value, path);
        var count = value.EnumerateObject().Count();
        ScalarRules.CheckRange(schema, "minProperties", "maxProperties", count, $"{path}: {count} members", validation.Problems);
        foreach (var member in value.EnumerateObject())
        {
            CheckMember(member, path);
        }
    }

    private void CheckDependencies(JsonElement value, string path)
    {
        foreach (var keyword in Dependencies)
        {
            if (!validation.Version.Knows(keyword) || !schema.TryGetProperty(keyword, out var dependencies))
            {
                continue;
            }

            foreach (var dependency in dependencies.EnumerateObject().Where(dependency => value.TryGetProperty(dependency.Name, out _)))
            {
                if (dependency.Value.ValueKind != JsonValueKind.Array)
                {
                    validation.Check(dependency.Value, value, path);
                    continue;
                }

                foreach (var name in dependency.Value.EnumerateArray().Select(item => item.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                {
                    validation.Problems.Add($"{path}: '{name}' is missing, '{dependency.Name}' needs it");
                }
            }
        }
    }

    private void CheckMember(JsonProperty member, string path)
    {
        var at = JsonText.Child(path, member.Name);
        if (validation.Version.Knows("propertyNames") && schema.TryGetProperty("propertyNames", out var names) && !validation.IsValid(names, JsonSerializer.SerializeToElement(member.Name)))
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

        if (schema.TryGetProperty("additionalProperties", out var additional)
            || (validation.Version.Knows("unevaluatedProperties") && !IsCombined() && schema.TryGetProperty("unevaluatedProperties", out additional)))
        {
            CheckAdditional(additional, member, at);
        }
        else if (refuseUndeclared && properties.ValueKind == JsonValueKind.Object && !schema.TryGetProperty("allOf", out _))
        {
            validation.Problems.Add($"{at}: is not declared");
        }
    }

    /// <summary>Other keywords may have evaluated the member; which did is not followed here.</summary>
    private bool IsCombined() => Combining.Any(keyword => schema.TryGetProperty(keyword, out _));

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
