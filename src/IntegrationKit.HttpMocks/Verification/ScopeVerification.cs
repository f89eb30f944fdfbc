using IntegrationKit.Requests;
using IntegrationKit.Stubs;

namespace IntegrationKit.Verification;

/// <summary>Which findings fail a test.</summary>
internal readonly record struct Strictness(bool Unmatched, bool Unused);

/// <summary>What is wrong in a test's scope at its end.</summary>
/// <param name="Unmatched">Requests that are proven to be the test's and that no stub matched.</param>
/// <param name="Miscalled">Declared stubs that were called too rarely or too often.</param>
/// <param name="Unfinished">Patterns without a reply.</param>
internal sealed record ScopeVerification(
    IReadOnlyList<LoggedRequest> Unmatched, IReadOnlyList<StubUsage> Miscalled, IReadOnlyList<string> Unfinished)
{
    public static ScopeVerification Of(StubScope scope) => new(
        [.. scope.Journal.All.Where(entry => !entry.Matched && entry.Attributed)],
        [.. scope.Declared.Where(IsMiscalled)],
        [.. scope.Unfinished.Keys.Select(stub => stub.Draft.Title).Order(StringComparer.Ordinal)]);

    public static string Describe(StubUsage usage) =>
        $"{usage.Title}: expected {usage.Expected ?? Called.AtLeastOnce}, {(usage.Hits == 0 ? "was never called" : $"was called {Times(usage.Hits)}")}";

    public void ThrowIfFailed(string mock, Strictness strictness)
    {
        List<string> failures = [];
        failures.AddRange(Unfinished.Select(title => $"{title} was declared without Reply(...)."));
        if (strictness.Unmatched)
        {
            failures.AddRange(Unmatched.Select(entry => entry.NearMiss!.TrimEnd()));
        }

        failures.AddRange(Miscalled.Where(usage => strictness.Unused || usage.Expected is not null).Select(usage => Describe(usage) + "."));
        if (failures.Count > 0)
        {
            throw new MockVerificationException($"Mock '{mock}': {string.Join(Environment.NewLine + Environment.NewLine, failures)}");
        }
    }

    private static bool IsMiscalled(StubUsage usage) =>
        !usage.Optional && !(usage.Expected ?? Called.AtLeastOnce).Accepts(usage.Hits);

    private static string Times(int count) => count switch
    {
        1 => "once",
        2 => "twice",
        _ => $"{count} times",
    };
}
