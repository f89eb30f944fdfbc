using IntegrationKit.PostgreSql.Tests.Support;
using IntegrationKit.Recording;

[assembly: AssemblyFixture(typeof(StopServers))]

namespace IntegrationKit.PostgreSql.Tests.Support;

/// <summary>What the test framework does at the end of a run; these tests run without it.</summary>
public sealed class StopServers : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await AfterRun.RunAsync();
}
