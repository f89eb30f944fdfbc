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

/// <summary>The tests of a run by xUnit's unique id. Thread-safe.</summary>
internal sealed class RunTests(string assemblyName, SourcePaths sources, AttemptPlan? attempts)
{
    private readonly ConcurrentDictionary<string, Lazy<RunningTest>> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> occurrences = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> failedFixtures = new(StringComparer.Ordinal);

    /// <summary>False for a test that runs along while another row of its theory is tried again: the report knows it already.</summary>
    public bool Counts(string uniqueId) => attempts is null || attempts.Wants(uniqueId);

    public RunningTest? Find(string uniqueId) => running.TryGetValue(uniqueId, out var test) ? test.Value : null;

    /// <summary>Makes the test known; the first caller's call is the start of the test in the journal.</summary>
    public RunningTest Begin(ITest test) => running.GetOrAdd(
        test.UniqueID,
        _ => new Lazy<RunningTest>(() => Start(test.UniqueID, test, test.TestCase, XunitMembers.Get<object?[]>(test, "TestMethodArguments")))).Value;

    /// <summary>The same for a test that never got an instance (skipped, or its fixture failed).</summary>
    public RunningTest Begin(string uniqueId, ITestMetadata test, ITestCaseMetadata testCase) => running.GetOrAdd(
        uniqueId,
        _ => new Lazy<RunningTest>(() => Start(uniqueId, test, testCase, arguments: null))).Value;

    public void Forget(RunningTest test) => running.TryRemove(test.UniqueId, out _);

    /// <summary>Publishes a fixture's failure once, however many tests it takes down.</summary>
    public void FixtureFailed(IntegrationFixture fixture, Exception exception)
    {
        var name = fixture.GetType().FullName ?? fixture.GetType().Name;
        if (failedFixtures.TryAdd(name + "\n" + exception.Message, 0))
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

    private RunningTest Start(string uniqueId, ITestMetadata test, ITestCaseMetadata testCase, object?[]? arguments)
    {
        var testId = attempts?.TestIdOf(uniqueId) ?? Identify(test, testCase, arguments);
        attempts?.Remember(uniqueId, testId);
        var attempt = attempts?.Pass ?? 1;
        var scope = new TestScope(string.Create(CultureInfo.InvariantCulture, $"{testId}@{attempt}"), test.TestDisplayName);
        TestScopes.Add(scope);
        Recorder.Observe(TestDescription.Of(scope.Execution, testId, test, testCase, arguments, sources) with
        {
            Attempt = attempt,
            Repeats = attempts?.PolicyOf(testCase.UniqueID) is { Repeats: true },
        });
        return new RunningTest(uniqueId, scope);
    }

    private string Identify(ITestMetadata test, ITestCaseMetadata testCase, object?[]? arguments)
    {
        var signature = $"{testCase.TestMethodName}({string.Join(',', testCase.TestMethodParameterTypesVSTest ?? [])})";
        // Without arguments in hand (a skipped row of a theory) the display name tells rows apart.
        var idArguments = arguments ?? (testCase.TestMethodParameterTypesVSTest is { Length: > 0 } ? [test.TestDisplayName] : []);
        var testId = TestIds.For(assemblyName, testCase.TestClassName ?? "", signature, idArguments);
        var occurrence = occurrences.AddOrUpdate(testId, 1, static (_, count) => count + 1);
        return occurrence == 1 ? testId : string.Create(CultureInfo.InvariantCulture, $"{testId}-{occurrence}");
    }
}
