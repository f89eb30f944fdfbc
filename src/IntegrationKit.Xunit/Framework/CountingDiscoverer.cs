using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit.Framework;

/// <summary>Finds what the inner discoverer finds, and counts it.</summary>
internal sealed class CountingDiscoverer(ITestFrameworkDiscoverer inner, SuiteSize suite) : ITestFrameworkDiscoverer, IAsyncDisposable
{
    public ITestAssembly TestAssembly => inner.TestAssembly;

    public async ValueTask Find(
        Func<ITestCase, ValueTask<bool>> callback,
        ITestFrameworkDiscoveryOptions discoveryOptions,
        Type[]? types = null,
        CancellationToken? cancellationToken = null)
    {
        var found = 0;
        await inner.Find(testCase => { found++; return callback(testCase); }, discoveryOptions, types, cancellationToken).ConfigureAwait(false);
        if (types is null)
        {
            suite.TestCases = found;
        }
    }

    public ValueTask DisposeAsync() => Disposal.DisposeAsync(inner);
}
