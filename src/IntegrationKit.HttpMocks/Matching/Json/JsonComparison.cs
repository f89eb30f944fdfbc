using System.Globalization;
using System.Text.Json;

namespace IntegrationKit.Matching.Json;

/// <summary>
/// Compares JSON as stub mappings mean it: optionally ignoring the order of arrays and elements that were not expected,
/// with the placeholders of json-unit (<c>${json-unit.any-string}</c> and so on). Thread-safe.
/// </summary>
internal sealed class JsonComparison(bool ignoreArrayOrder, bool ignoreExtra)
{
    public bool Equal(JsonElement expected, JsonElement actual) => Compare(expected, actual, "", null);

    /// <summary>At most <paramref name="limit"/> differences, in document order.</summary>
    public List<JsonDifference> Differences(JsonElement expected, JsonElement actual, int limit)
    {
        List<JsonDifference> found = [];
        Compare(expected, actual, "$", found);
        return found.Count > limit ? found[..limit] : found;
    }

    private bool Compare(JsonElement expected, JsonElement actual, string path, List<JsonDifference>? found)
    {
        if (JsonPlaceholder.TryMatch(expected, actual, out var accepted))
        {
            return accepted || Report(found, path, expected, actual);
        }

        if (expected.ValueKind != actual.ValueKind)
        {
            return Report(found, path, expected, actual);
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => CompareObjects(expected, actual, path, found),
            JsonValueKind.Array => CompareArrays(expected, actual, path, found),
            JsonValueKind.String => expected.ValueEquals(actual.GetString()) || Report(found, path, expected, actual),
            JsonValueKind.Number => SameNumber(expected, actual) || Report(found, path, expected, actual),
            _ => true,
        };
    }

    private bool CompareObjects(JsonElement expected, JsonElement actual, string path, List<JsonDifference>? found)
    {
        var equal = true;
        foreach (var member in expected.EnumerateObject())
        {
            var present = actual.TryGetProperty(member.Name, out var value);
            var at = found is null ? "" : JsonText.Child(path, member.Name);
            equal &= present
                ? Compare(member.Value, value, at, found)
                : JsonPlaceholder.AcceptsMissing(member.Value) || Report(found, at, member.Value, null);
            if (!equal && found is null)
            {
                return false;
            }
        }

        if (ignoreExtra)
        {
            return equal;
        }

        foreach (var member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _))
            {
                equal = Report(found, found is null ? "" : JsonText.Child(path, member.Name), null, member.Value);
            }
        }

        return equal;
    }

    private bool CompareArrays(JsonElement expected, JsonElement actual, string path, List<JsonDifference>? found)
    {
        var expectedCount = expected.GetArrayLength();
        var actualCount = actual.GetArrayLength();
        if (ignoreArrayOrder)
        {
            return CompareUnordered(expected, actual, path, found);
        }

        var equal = true;
        for (var i = 0; i < Math.Min(expectedCount, actualCount) && (equal || found is not null); i++)
        {
            equal &= Compare(expected[i], actual[i], Index(path, i, found), found);
        }

        for (var i = actualCount; i < expectedCount; i++)
        {
            equal = Report(found, Index(path, i, found), expected[i], null);
        }

        for (var i = expectedCount; i < actualCount && !ignoreExtra; i++)
        {
            equal = Report(found, Index(path, i, found), null, actual[i]);
        }

        if (!equal && found is not null && new JsonComparison(true, ignoreExtra).Equal(expected, actual))
        {
            found.RemoveAll(difference => difference.Path.StartsWith(path + "[", StringComparison.Ordinal));
            found.Add(new(path, $"same elements in another order: expected {JsonText.Of(expected)}, was {JsonText.Of(actual)}"));
        }

        return equal;
    }

    private bool CompareUnordered(JsonElement expected, JsonElement actual, string path, List<JsonDifference>? found)
    {
        var pairing = JsonPairing.Of(expected, actual, (left, right) => Compare(left, right, "", null));
        var equal = true;
        var unmatchedActual = ignoreExtra ? [] : pairing.UnpairedActual;
        var spare = new Queue<int>(pairing.UnpairedActual);
        foreach (var index in pairing.UnpairedExpected)
        {
            equal = false;
            if (found is null)
            {
                return false;
            }

            _ = spare.TryDequeue(out var other)
                ? Compare(expected[index], actual[other], Index(path, other, found), found)
                : Report(found, Index(path, index, found), expected[index], null);
        }

        foreach (var index in unmatchedActual.Skip(pairing.UnpairedExpected.Count))
        {
            equal = Report(found, Index(path, index, found), null, actual[index]);
        }

        return equal;
    }

    private static string Index(string path, int index, List<JsonDifference>? found) =>
        found is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    private static bool SameNumber(JsonElement expected, JsonElement actual) =>
        expected.TryGetDecimal(out var left) && actual.TryGetDecimal(out var right)
            ? left == right
            : expected.GetDouble().Equals(actual.GetDouble());

    private static bool Report(List<JsonDifference>? found, string path, JsonElement? expected, JsonElement? actual)
    {
        found?.Add(new(path, JsonText.Difference(expected, actual)));
        return false;
    }
}
