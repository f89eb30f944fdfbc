using System.Collections.Concurrent;
using System.Globalization;
using IntegrationKit.Framework;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>The cases of a run as the journal has them: each is described once, its tests refer to it by number. Thread-safe.</summary>
internal sealed class RunCases(string assemblyName, Recorder recorder, SourcePaths sources)
{
    private readonly ConcurrentDictionary<string, TestCasePlanned> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>What the journal says of the case. One that nobody planned is described now, before the first of its tests.</summary>
    public TestCasePlanned Of(ITestCaseMetadata testCase) => known.TryGetValue(testCase.UniqueID, out var planned) ? planned : Plan(testCase);

    private TestCasePlanned Plan(ITestCaseMetadata testCase)
    {
        lock (gate)
        {
            if (!known.TryGetValue(testCase.UniqueID, out var planned))
            {
                planned = Describe(testCase, known.Count + 1);
                recorder.Publish(planned);
                known[testCase.UniqueID] = planned;
            }

            return planned;
        }
    }

    private TestCasePlanned Describe(ITestCaseMetadata testCase, int number)
    {
        var traits = testCase.Traits;
        return new TestCasePlanned
        {
            CaseId = number.ToString(CultureInfo.InvariantCulture),
            Name = testCase.TestCaseDisplayName,
            ClassName = testCase.TestClassName ?? "",
            MethodName = testCase.TestMethodName,
            Categories = TestTraits.Of(traits, TestTraits.Category),
            Workflows = TestTraits.Of(traits, WorkflowAttribute.TraitName),
            Traits = TestTraits.All(traits),
            SourcePath = sources.Relative(testCase.SourceFilePath),
            SourceLine = testCase.SourceLineNumber,
            TestId = RowId(testCase),
        };
    }

    /// <summary>A row that never starts is then the same test as one that does.</summary>
    private string? RowId(ITestCaseMetadata testCase) => testCase is ITestCase && XunitMembers.ArgumentsOfCase.Of(testCase) is { Length: > 0 } arguments
        ? TestIds.For(TestMethodFacts.Of(assemblyName, testCase).IdText, Array.ConvertAll(arguments, TestIds.Canonical))
        : null;
}
