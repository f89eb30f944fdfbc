using System.Reflection;
using IntegrationKit.Faults;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit;

/// <summary>
/// Runs a theory once under each fault of a resource. The theory has one parameter, whose type says which faults: a
/// <c>FaultCase</c> for an HTTP mock, a <c>DatabaseFault</c> for a database that allows faults. The test injects the fault
/// when it is ready for it.
/// </summary>
/// <example><code>
/// [Theory, FaultMatrix("payments")]
/// public async Task No_order_survives(FaultCase fault) { shop.Payments.Post("/v1/charges").Reply(fault); … }
///
/// [Theory, FaultMatrix("shop", DatabaseFault.DiskFull)]
/// public async Task An_order_is_never_half_written(DatabaseFault fault) { shop.Database.Inject(fault); … }
/// </code></example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FaultMatrixAttribute : DataAttribute
{
    /// <summary>Runs the theory with every fault, or with those named.</summary>
    /// <param name="resource">Name of the mock or database, for the reader and the test's name.</param>
    /// <param name="faults">The faults, as values of the parameter's type or by name ("timeout", "503"). Default: all.</param>
    public FaultMatrixAttribute(string resource, params object[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        Resource = resource;
        Faults = faults;
    }

    /// <summary>Name of the mock or database.</summary>
    public string Resource { get; }

    /// <summary>The faults the theory is limited to; empty for all.</summary>
    public IReadOnlyList<object> Faults { get; }

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The theory takes something else than one fault, or a fault is unknown.</exception>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. FaultCases.For(testMethod, Resource, Faults).Select(fault => new TheoryDataRow(fault))]);
}
