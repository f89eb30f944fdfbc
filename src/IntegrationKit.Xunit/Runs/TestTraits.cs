using Traits = System.Collections.Generic.IReadOnlyDictionary<string, System.Collections.Generic.IReadOnlyCollection<string>>;

namespace IntegrationKit.Runs;

/// <summary>xUnit's traits as the journal has them: in order, and nothing for none.</summary>
internal static class TestTraits
{
    public const string Category = "Category";

    public static Dictionary<string, IReadOnlyList<string>>? All(Traits traits) => traits.Count == 0 ? null : traits
        .OrderBy(trait => trait.Key, StringComparer.Ordinal)
        .ToDictionary(trait => trait.Key, trait => (IReadOnlyList<string>)trait.Value.Order(StringComparer.Ordinal).ToArray());

    public static string[]? Of(Traits traits, string name) =>
        traits.TryGetValue(name, out var values) && values.Count > 0 ? [.. values.Order(StringComparer.Ordinal)] : null;

    /// <summary>True when a test has the traits of its case and no other. The case's come from the journal: xUnit copies them for everyone who asks.</summary>
    public static bool AreEqual(Traits test, IReadOnlyDictionary<string, IReadOnlyList<string>>? testCase)
    {
        if (test.Count != (testCase?.Count ?? 0))
        {
            return false;
        }

        foreach (var (name, values) in test)
        {
            if (!testCase!.TryGetValue(name, out var others) || !values.Order(StringComparer.Ordinal).SequenceEqual(others))
            {
                return false;
            }
        }

        return true;
    }
}
