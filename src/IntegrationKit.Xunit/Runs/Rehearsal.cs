using System.Text;
using IntegrationKit.Identity;
using IntegrationKit.Journal;
using IntegrationKit.Redaction;

namespace IntegrationKit.Runs;

/// <summary>
/// The lines that every run begins with, made once for nobody while xUnit looks for tests on one processor: what has to be
/// loaded and compiled for them is ready when the tests wait for it.
/// </summary>
internal static class Rehearsal
{
    private static int begun;

    /// <summary>Once per process, beside everything else. Does nothing with one processor. Never throws.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref begun, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => TryRun(), null);
        }
    }

    /// <summary>The same on the calling thread; the lines as the journal would have them. Throws what goes wrong.</summary>
    public static IReadOnlyList<string> Run()
    {
        var redactor = Redactor.WithEnvironment();
        var testId = TestIds.For("rehearsal\n", [TestIds.Canonical(1)]);
        return [.. Lines(testId).Select((line, index) =>
            Encoding.UTF8.GetString(LineBuffer.Of(EventRedaction.Apply(line, redactor), redactor).Line(index + 1, 1)))];
    }

    private static void TryRun()
    {
        try
        {
            Run();
        }
#pragma warning disable CA1031 // the run itself will say what is wrong
        catch (Exception)
#pragma warning restore CA1031
        {
            // It was only to save time.
        }
    }

    private static JournalEvent[] Lines(string testId) =>
    [
        RunFacts.Describe(typeof(Rehearsal).Assembly, testId, null, TimeProvider.System),
        new RunPlanned { TestCases = 1 },
        new RunConfigured { TestFramework = testId, Parallelism = testId, Seed = 1 },
        new TestCasePlanned { CaseId = testId, Name = testId, ClassName = testId, MethodName = testId, SourcePath = testId, SourceLine = 1 },
        new TestStarted
        {
            Execution = testId,
            TestId = testId,
            CaseId = testId,
            Attempt = 1,
            Name = testId,
            Parameters = [new TestParameter(testId, testId)],
        },
        new TestFinished { Execution = testId, Status = TestStatus.Passed },
    ];
}
