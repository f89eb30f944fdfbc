using System.Text.Json;

namespace IntegrationKit.Matching.Json;

/// <summary>
/// Pairs the elements of two arrays whatever their order: a maximum matching, because with placeholders or ignored fields
/// a greedy choice may take the only partner of another element.
/// </summary>
internal sealed record JsonPairing(IReadOnlyList<int> UnpairedExpected, IReadOnlyList<int> UnpairedActual)
{
    public static JsonPairing Of(JsonElement expected, JsonElement actual, Func<JsonElement, JsonElement, bool> equal)
    {
        var left = expected.EnumerateArray().ToArray();
        var right = actual.EnumerateArray().ToArray();
        var partner = new int[right.Length];
        Array.Fill(partner, -1);
        var paired = new bool[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            paired[i] = Augment(i, left, right, equal, partner, new bool[right.Length]);
        }

        return new(
            [.. Enumerable.Range(0, left.Length).Where(i => !paired[i])],
            [.. Enumerable.Range(0, right.Length).Where(i => partner[i] < 0)]);
    }

    private static bool Augment(
        int index, JsonElement[] left, JsonElement[] right, Func<JsonElement, JsonElement, bool> equal, int[] partner, bool[] seen)
    {
        for (var i = 0; i < right.Length; i++)
        {
            if (seen[i] || !equal(left[index], right[i]))
            {
                continue;
            }

            seen[i] = true;
            if (partner[i] < 0 || Augment(partner[i], left, right, equal, partner, seen))
            {
                partner[i] = index;
                return true;
            }
        }

        return false;
    }
}
