using System.Collections.Concurrent;
using System.Globalization;
using IntegrationKit.Attempts;
using IntegrationKit.Framework;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>The tests of a run by xUnit's unique id. Thread-safe; the calls for one test come one after the other.</summary>
internal sealed class RunTests(string assemblyName, IReadOnlyCollection<ITestCase> testCases, RunCases cases, AttemptPlan? attempts)
{
    private readonly ConcurrentDictionary<string, RunningTest> running = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> occurrences = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TestMethodFacts> methods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> failedFixtures = new(StringComparer.Ordinal);

    /// <summary>By xUnit's unique id; asked for only when a fixture fails.</summary>
    private readonly Lazy<Dictionary<string, ITestCase>> selected = new(() => ById(testCases));

    /// <summary>False for a test that runs along while another row of its theory is tried again: the report knows it already.</summary>
    public bool Counts(string uniqueId) => attempts is null || attempts.Wants(uniqueId);

    /// <summary>True when every test runs once, and so counts.</summary>
    public bool AllCount => attempts is null;

    public RunningTest? Find(string uniqueId) => running.TryGetValue(uniqueId, out var test) ? test : null;

    /// <summary>Makes the test known; the first call is the start of the test in the journal.</summary>
    public RunningTest Begin(ITest test) => Find(test.UniqueID) ?? Begin(test.UniqueID, test, test.TestCase, XunitMembers.Arguments.Of(test));

    /// <summary>
    /// The same for a test that is known by its messages only, because its fixture failed: when its case is a row, that has
    /// the arguments.
    /// </summary>
    public RunningTest Begin(string uniqueId, ITestMetadata test, ITestCaseMetadata testCase)
    {
        if (Find(uniqueId) is { } known)
        {
            return known;
        }

        return selected.Value.TryGetValue(testCase.UniqueID, out var row) && XunitMembers.ArgumentsOfCase.Of(row) is { Length: > 0 } arguments
            ? Begin(uniqueId, test, row, arguments)
            : Begin(uniqueId, test, testCase, arguments: null);
    }

    public void Forget(RunningTest test) => running.TryRemove(test.UniqueId, out _);

    /// <summary>Publishes a fixture's failure once, however many tests it takes down.</summary>
    public void FixtureFailed(IntegrationFixture fixture, Exception exception)
    {
        var name = fixture.GetType().FullName ?? fixture.GetType().Name;
        if (failedFixtures.TryAdd(name + "\n" + exception.Message, name))
        {
            Recorder.Observe(new FixtureFailed
            {
                Scope = "fixture",
                Name = name,
                Phase = "initialize",
                Error = Errors.From(exception),
            });
        }
    }

    private static Dictionary<string, ITestCase> ById(IReadOnlyCollection<ITestCase> testCases)
    {
        Dictionary<string, ITestCase> byId = new(StringComparer.Ordinal);
        foreach (var testCase in testCases)
        {
            byId.TryAdd(testCase.UniqueID, testCase);
        }

        return byId;
    }

    private RunningTest Begin(string uniqueId, ITestMetadata test, ITestCaseMetadata testCase, object?[]? arguments)
    {
        var starting = new StartingTest(test, MethodOf(testCase), arguments is null ? null : Array.ConvertAll(arguments, TestIds.Canonical))
        {
            Attempt = attempts?.Pass ?? 1,
            Repeats = attempts?.PolicyOf(testCase.UniqueID) is { Repeats: true },
        };
        var planned = cases.Of(testCase);
        var testId = attempts?.TestIdOf(uniqueId) ?? Identify(starting, planned);
        attempts?.Remember(uniqueId, testId);
        var attempt = starting.Attempt;
        var scope = new TestScope(attempt == 1 ? testId + "@1" : string.Create(CultureInfo.InvariantCulture, $"{testId}@{attempt}"), test.TestDisplayName);
        var begun = new RunningTest(uniqueId, scope);
        running[uniqueId] = begun;
        Recorder.Current?.Publish(TestDescription.Of(starting, scope.Execution, testId, planned));
        return begun;
    }

    /// <summary>What the rows of a theory have in common is worked out once.</summary>
    private TestMethodFacts MethodOf(ITestCaseMetadata testCase) => testCase is ITestCase { TestMethod: { } method }
        ? methods.TryGetValue(method.UniqueID, out var known) ? known : methods.GetOrAdd(method.UniqueID, TestMethodFacts.Of(assemblyName, testCase))
        : TestMethodFacts.Of(assemblyName, testCase);

    private string Identify(StartingTest starting, TestCasePlanned planned)
    {
        // Without arguments in hand (a test known by its messages only) the display name tells rows apart.
        var arguments = starting.Arguments ?? (starting.Method.HasParameters ? [TestIds.Canonical(starting.Test.TestDisplayName)] : []);
        var testId = planned.TestId ?? TestIds.For(starting.Method.IdText, arguments);
        int occurrence;
        lock (gate)
        {
            if (occurrences.TryAdd(testId, 1))
            {
                return testId;
            }

            occurrence = ++occurrences[testId];
        }

        return string.Create(CultureInfo.InvariantCulture, $"{testId}-{occurrence}");
    }
}
