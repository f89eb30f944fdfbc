using System.Reflection;
using IntegrationKit.Attempts;
using IntegrationKit.Fixtures;
using IntegrationKit.Runs;
using IntegrationKit.Sharding;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit.Framework;

/// <summary>Runs the tests through the inner executor, with our sink in front of the runner's and a report at the end.</summary>
internal sealed class FrameworkExecutor(ITestFrameworkExecutor inner, Assembly assembly, SuiteSize suite) : ITestFrameworkExecutor
{
    public async ValueTask RunTestCases(
        IReadOnlyCollection<ITestCase> testCases,
        IMessageSink executionMessageSink,
        ITestFrameworkExecutionOptions executionOptions,
        CancellationToken? cancellationToken = null)
    {
        Parallelism.Widen(executionOptions);
        var shard = Shard.FromEnvironment();
        var part = shard is null ? null : ShardPlan.Select(testCases, shard, RecordedDurations.Load(FixtureContexts.ProjectDirectory(assembly)));
        var selected = part?.TestCases ?? testCases;
        var attempts = AttemptPlan.For(selected);
        var run = IntegrationRun.Start(assembly, selected, new RunSelection(shard, part?.Split, Math.Max(testCases.Count, suite.TestCases)), attempts);
        try
        {
            var relay = new RelayingSink(executionMessageSink, executionOptions);
            await using var _ = relay.ConfigureAwait(false);
            var again = attempts is null ? null : new AttemptSink(relay, attempts);
            var sink = new ReportingSink((IMessageSink?)again ?? relay, run);
            relay.Problem = error => sink.OnMessage(error);
            try
            {
                await RunAsync(selected, sink, again, executionOptions, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                run.Summary = again?.Complete() ?? run.Summary;
                run.Cancelled = cancellationToken is { IsCancellationRequested: true };
            }
        }
        finally
        {
            await run.FinishAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Once, or as often as tests that failed or are repeated ask for it.</summary>
    private async ValueTask RunAsync(
        IReadOnlyCollection<ITestCase> testCases,
        ReportingSink sink,
        AttemptSink? attempts,
        ITestFrameworkExecutionOptions options,
        CancellationToken? cancellationToken)
    {
        do
        {
            await inner.RunTestCases(testCases, sink, options, cancellationToken).ConfigureAwait(false);
            testCases = cancellationToken is { IsCancellationRequested: true } ? [] : attempts?.Next() ?? [];
        }
        while (testCases.Count > 0);
    }
}
