using System.Reflection;
using IntegrationKit.Attempts;
using IntegrationKit.Fixtures;
using IntegrationKit.Framework;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Redaction;
using IntegrationKit.Scoping;
using IntegrationKit.Sharding;
using Xunit;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>One call of the runner to execute tests: from opening the journal to writing the report.</summary>
internal sealed class IntegrationRun : IDisposable
{
    private readonly Recorder recorder;
    private readonly RunReport report;
    private readonly RunSignals signals;
    private int ended;
    private volatile bool aborted;
    private Lazy<CollectionWeights?> weights = new(() => null);

    private IntegrationRun(RunReport report, Recorder recorder, RunTests tests)
    {
        this.report = report;
        this.recorder = recorder;
        Tests = tests;
        Attachments = new RunAttachments(report.IsWritable ? report.Folder : null, recorder.Redactor);
        signals = new RunSignals(this);
    }

    /// <summary>The run in progress in this process; the last one to start, should there be several.</summary>
    public static IntegrationRun? Current { get; private set; }

    public RunTests Tests { get; }

    /// <summary>How long the collections took before; null when nobody knows.</summary>
    public CollectionWeights? Weights => weights.Value;

    public RunAttachments Attachments { get; }

    public ITestAssemblyFinished? Summary { get; set; }

    /// <summary>Somebody asked the runner to stop: tests that had not begun by then never will.</summary>
    public bool Cancelled { get; set; }

    /// <summary>First thing that went wrong inside our own sink.</summary>
    public Exception? FirstProblem { get; private set; }

    /// <summary>Never throws: without a writable folder the tests still run, and the reason is told at the end.</summary>
    public static IntegrationRun Start(
        Assembly assembly, IReadOnlyCollection<ITestCase> testCases, RunSelection selection, AttemptPlan? attempts)
    {
        var runId = Guid.CreateVersion7().ToString("N");
        var suite = assembly.GetName().Name ?? "unknown";
        var files = ReportFolder.IsOff(assembly) ? RunReport.Off() : RunReport.Open(ReportFolder.Resolve(assembly), runId, suite);
        var journal = new Recorder(files.Journal, Redactor.WithEnvironment());
        var project = FixtureContexts.ProjectDirectory(assembly);
        var cases = new RunCases(suite, journal, new SourcePaths(project));
        var run = new IntegrationRun(files, journal, new RunTests(suite, testCases, cases, attempts));
        run.weights = new Lazy<CollectionWeights?>(() => CollectionWeights.Of(assembly, testCases));
        Recorder.Current = files.IsWritable ? journal : null;
        Current = run;
        TestScope.Resolver = static () => TestContext.Current.Test is { } test ? Current?.Tests.Find(test.UniqueID)?.Scope : null;
        journal.Publish(RunFacts.Describe(assembly, runId, project, TimeProvider.System) with
        {
            ShardId = selection.Shard?.ToString(),
            ShardCount = selection.Shard?.Count,
        });
        journal.Publish(new RunPlanned
        {
            TestCases = testCases.Count,
            Of = selection.SuiteSize == testCases.Count ? null : selection.SuiteSize,
            Split = selection.Split,
        });
        foreach (var problem in journal.Redactor.Problems)
        {
            journal.Publish(RunFacts.Describe(problem));
        }

        foreach (var testCase in testCases)
        {
            cases.Of(testCase);
        }

        foreach (var suppression in assembly.GetCustomAttributes<SuppressFindingAttribute>())
        {
            journal.Publish(RunFacts.Describe(suppression));
        }

        LeasingActivator.Install();
        return run;
    }

    /// <summary>Gives a finished test's lanes back without holding up the message bus.</summary>
    public void Release(RunningTest test)
    {
        test.Scope.HasEnded = true;
        if (test.Scope.HasItems)
        {
            _ = Task.Run(test.ReleaseAsync);
        }
    }

    /// <summary>The report of the aborted run is being written; the process is about to end. Asked after journalling, never before.</summary>
    public bool IsAborted => aborted;

    /// <summary>Never throws; what goes wrong is told at the end of the run.</summary>
    public void Observe(IMessageSinkMessage message, Action<IMessageSinkMessage> observe)
    {
        try
        {
            observe(message);
        }
        catch (Exception exception)
        {
            FirstProblem ??= exception;
        }
    }

    /// <summary>Keeps a test from beginning while the report of an aborted run is written; the process is about to end.</summary>
    public void StayIfAborted()
    {
        if (aborted)
        {
            Blocking.Run(static () => Task.Delay(Timeout.Infinite));
        }
    }

    /// <summary>The runner is done: fixtures are disposed and all messages are in. Writes the report.</summary>
    public async Task FinishAsync()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
        {
            return;
        }

        recorder.Publish(new RunFinished
        {
            Total = Summary?.TestsTotal ?? 0,
            Failed = Summary?.TestsFailed ?? 0,
            Skipped = Summary?.TestsSkipped ?? 0,
            NotRun = Summary?.TestsNotRun ?? 0,
            Cancelled = Cancelled || Summary is null,
            DurationUs = recorder.ElapsedUs,
        });
        Dispose();
        await Task.Run(report.WriteLast).ConfigureAwait(false);
        report.Announce(FirstProblem, recorder);
        if (Current == this)
        {
            Current = null;
            Recorder.Current = null;
            TestScope.Resolver = null;
            TestScopes.Clear();
        }

        await AfterRun.RunAsync().ConfigureAwait(false);
    }

    /// <summary>The process is about to end. Writes what is known; a graceful end afterwards overwrites it.</summary>
    public void Abort(string reason, bool final)
    {
        if (Volatile.Read(ref ended) != 0 || (final && Interlocked.Exchange(ref ended, 1) != 0))
        {
            return;
        }

        if (final)
        {
            // In this order: what is journalled after this line is told to nobody, for the report may not hold it.
            aborted = true;
            recorder.Publish(new RunAborted { Reason = reason });
        }

        report.Write();
    }

    public void Dispose()
    {
        signals.Dispose();
        recorder.Dispose();
    }
}
