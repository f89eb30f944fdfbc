using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit;

/// <summary>
/// Runs a theory once per fault of a database; the method takes a <see cref="DatabaseFault"/>. The database must be declared
/// with <see cref="PostgresOptions.AllowFaults"/>; the test injects the fault when it is ready for it.
/// </summary>
/// <example>
/// <code>
/// [Theory, FaultMatrix("shop")]
/// public async Task An_order_is_never_half_written(DatabaseFault fault)
/// {
///     shop.Database.Inject(fault);
///     …
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FaultMatrixAttribute : DataAttribute
{
    /// <summary>Runs the theory with every fault, or with those named.</summary>
    /// <param name="database">Name of the database, for the reader and the report.</param>
    /// <param name="faults">The faults. Default: all.</param>
    public FaultMatrixAttribute(string database, params DatabaseFault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        Database = database;
        Faults = faults.Length > 0 ? faults : Enum.GetValues<DatabaseFault>();
    }

    /// <summary>Name of the database.</summary>
    public string Database { get; }

    /// <summary>The faults the theory runs with.</summary>
    public IReadOnlyList<DatabaseFault> Faults { get; }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Faults.Select(fault => (ITheoryDataRow)new TheoryDataRow<DatabaseFault>(fault))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
