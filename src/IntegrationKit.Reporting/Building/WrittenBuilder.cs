using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

internal static class WrittenBuilder
{
    public static WrittenSection Build(SuiteFacts facts)
    {
        var tests = facts.Tests.Values;
        return new WrittenSection
        {
            Total = facts.Tests.Count,
            ByClass = Groups(tests, t => [t.Decisive.Case.ClassName]),
            ByWorkflow = Groups(tests, t => t.Decisive.Case.Workflows ?? []),
            ByIntegrationPoint = Groups(tests, t => t.Points),
            ByCategory = Groups(tests, t => t.Decisive.Case.Categories ?? []),
            WithoutWorkflow = tests.Count(t => t.Decisive.Case.Workflows is not { Count: > 0 }),
            ExplicitOrSkipped =
            [
                .. tests.Where(t => t.Status is TestStatus.Skipped or TestStatus.NotRun)
                    .OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.TestId, StringComparer.Ordinal)
                    .Select(t => new TestReference(t.TestId, t.Name, t.Decisive.Finished?.Reason ?? t.Decisive.RawStatus)),
            ],
        };
    }

    private static List<Group> Groups(IEnumerable<TestFacts> tests, Func<TestFacts, IEnumerable<string>> keys) =>
    [
        .. tests.SelectMany(keys).CountBy(key => key, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new Group(group.Key, group.Value)),
    ];
}
