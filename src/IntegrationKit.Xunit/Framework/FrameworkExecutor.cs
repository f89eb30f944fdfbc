using System.Reflection;
using IntegrationKit.Attempts;
using IntegrationKit.Fixtures;
using IntegrationKit.Runs;
using IntegrationKit.Sharding;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit.Framework;

/// <summary>Runs the tests through the inner executor, with our sink in front of the runner's and a report at the end.</summary>
internal sealed class FrameworkExecutor(ITestFrameworkExecutor inner, Assembly assembly) : ITestFrameworkExecutor
{
    public async ValueTask RunTestCases(
        IReadOnlyCollection<ITestCase> testCases,
        IMessageSink executionMessageSink,
        ITestFrameworkExecutionOptions executionOptions,
        CancellationToken? cancellationToken = null)
    {
        Parallelism.Widen(executionOptions);
        var shard = Shard.FromEnvironment();
        var selected = shard is null
            ? testCases
            : ShardPlan.Select(testCases, shard, RecordedDurations.Load(FixtureContexts.ProjectDirectory(assembly)));
        var attempts = AttemptPlan.For(selected);
        var run = IntegrationRun.Start(assembly, selected, shard, testCases.Count, attempts);
        try
        {
            var relay = new RelayingSink(executionMessageSink, executionOptions);
            await using var _ = relay.ConfigureAwait(false);
            if (attempts is null)
            {
                await inner.RunTestCases(selected, new ReportingSink(relay, run), executionOptions, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await RunAttemptsAsync(selected, new AttemptSink(relay, attempts), run, executionOptions, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await run.FinishAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask RunAttemptsAsync(
        IReadOnlyCollection<ITestCase> testCases,
        AttemptSink attempts,
        IntegrationRun run,
        ITestFrameworkExecutionOptions options,
        CancellationToken? cancellationToken)
    {
        var sink = new ReportingSink(attempts, run);
        try
        {
            do
            {
                await inner.RunTestCases(testCases, sink, options, cancellationToken).ConfigureAwait(false);
                testCases = cancellationToken is { IsCancellationRequested: true } ? [] : attempts.Next();
            }
            while (testCases.Count > 0);
        }
        finally
        {
            run.Summary = attempts.Complete() ?? run.Summary;
        }
    }
}
