using System.Reflection;
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
        var shard = Shard.FromEnvironment();
        var selected = shard is null
            ? testCases
            : ShardPlan.Select(testCases, shard, RecordedDurations.Load(FixtureContexts.ProjectDirectory(assembly)));
        var run = IntegrationRun.Start(assembly, selected, shard, testCases.Count);
        var sink = new ReportingSink(executionMessageSink, run);
        try
        {
            await inner.RunTestCases(selected, sink, executionOptions, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await run.FinishAsync().ConfigureAwait(false);
        }
    }
}
