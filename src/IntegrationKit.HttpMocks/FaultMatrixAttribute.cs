using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit;

/// <summary>
/// Theory data that runs a test once under each way a service misbehaves: slow, timeout, reset, empty, malformed, garbage,
/// 500 and 503. The test takes one <see cref="FaultCase"/> and applies it to the stub it declares.
/// </summary>
/// <example><code>
/// [Theory, FaultMatrix("payments")]
/// public async Task No_order_survives(FaultCase fault) { shop.Payments.Post("/v1/charges").Reply(fault); … }
/// </code></example>
/// <param name="mock">Name of the mock, for the test's display name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FaultMatrixAttribute(string mock) : DataAttribute
{
    /// <summary>Name of the mock.</summary>
    public string Mock => mock;

    /// <inheritdoc />
    public override bool SupportsDiscoveryEnumeration() => true;

    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. FaultCase.All.Select(fault => new TheoryDataRow(fault.For(mock)))]);
}
