using System.Text.Json;

namespace IntegrationKit.Samples;

/// <summary>The rules of the published CTRF schema as code: names, required members, kinds of value.</summary>
internal static class CtrfRules
{
    private static readonly Dictionary<string, string> Tests = Members(
        "testId:s executionId:s name!:s status!:e duration!:i start:i stop:i suite:a message:s trace:s line:i rawStatus:s tags:a filePath:s retries:i retryAttempts:a flaky:b stdout:a stderr:a attachments:a parameters:o steps:a labels:o extra:o");

    public static List<string> Check(JsonElement root)
    {
        List<string> problems = [];
        Object(root, "$", Members("reportFormat!:s specVersion!:s reportId:s runId:s timestamp:s generatedBy:s results!:o extra:o"), problems);
        var results = root.GetProperty("results");
        Object(results, "results", Members("tool!:o summary!:o tests!:a environment:o extra:o"), problems);
        Object(results.GetProperty("tool"), "tool", Members("name!:s version:s extra:o"), problems);
        Object(results.GetProperty("summary"), "summary", Members("tests!:i passed!:i failed!:i skipped!:i pending!:i other!:i start!:i stop!:i flaky:i suites:i duration:i extra:o"), problems);
        Object(results.GetProperty("environment"), "environment", Members("buildId:s buildUrl:s repositoryName:s commit:s branchName:s osPlatform:s osVersion:s shardId:s healthy:b extra:o"), problems);
        if (!Guid.TryParse(root.GetProperty("reportId").GetString(), out _) || !DateTimeOffset.TryParse(root.GetProperty("timestamp").GetString(), out _))
        {
            problems.Add("reportId is a UUID and timestamp an instant");
        }

        foreach (var test in results.GetProperty("tests").EnumerateArray())
        {
            Object(test, "test", Tests, problems);
            Items(test, "attachments", Members("name!:s contentType!:s path!:s"), problems);
            Items(test, "steps", Members("name!:s status!:e"), problems);
            Items(test, "retryAttempts", Members("attempt!:i status!:e duration:i message:s trace:s"), problems);
            if (test.TryGetProperty("suite", out var suite) && suite.GetArrayLength() == 0)
            {
                problems.Add("suite has at least one item");
            }
        }

        var summary = results.GetProperty("summary");
        if (summary.GetProperty("tests").GetInt32() != results.GetProperty("tests").GetArrayLength())
        {
            problems.Add("summary.tests is not the number of tests");
        }

        return problems;
    }

    private static void Items(JsonElement test, string name, Dictionary<string, string> members, List<string> problems)
    {
        if (test.TryGetProperty(name, out var items))
        {
            foreach (var item in items.EnumerateArray())
            {
                Object(item, name, members, problems);
            }
        }
    }

    private static void Object(JsonElement element, string path, Dictionary<string, string> members, List<string> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            seen.Add(property.Name);
            if (!members.TryGetValue(property.Name, out var kind) || !Fits(property.Value, kind[0]))
            {
                problems.Add($"{path}.{property.Name} is {property.Value.ValueKind}");
            }
        }

        problems.AddRange(members.Where(m => m.Value.EndsWith('!') && !seen.Contains(m.Key)).Select(m => $"{path}.{m.Key} is missing"));
    }

    private static bool Fits(JsonElement value, char kind) => kind switch
    {
        's' => value.ValueKind == JsonValueKind.String,
        'e' => value.GetString() is "passed" or "failed" or "skipped" or "pending" or "other",
        'i' => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        'b' => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        'a' => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };

    private static Dictionary<string, string> Members(string list) => list.Split(' ').Select(m => m.Split(':'))
        .ToDictionary(m => m[0].TrimEnd('!'), m => m[1] + (m[0].EndsWith('!') ? "!" : ""), StringComparer.Ordinal);
}
