using IntegrationKit.Fixtures;
using IntegrationKit.Journal;
using IntegrationKit.Scoping;

namespace IntegrationKit.Runs;

/// <summary>A test of this run from its start to its last message.</summary>
internal sealed class RunningTest(string uniqueId, TestScope scope)
{
    public string UniqueId { get; } = uniqueId;

    public TestScope Scope { get; } = scope;

    /// <summary>Set when a fixture could not give the test its lane.</summary>
    public Exception? EnvironmentFailure { get; set; }

    public bool TimedOut { get; set; }

    /// <summary>The result, as soon as the runner told it; published when the test has finished.</summary>
    public TestFinished? Result { get; set; }

    public IEnumerable<TestLease> Leases => Scope.HasItems ? Scope.Items.Values.OfType<TestLease>() : [];

    /// <summary>Gives all lanes back. Never throws.</summary>
    public async Task ReleaseAsync()
    {
        Scope.HasEnded = true;
        foreach (var lease in Leases.ToArray())
        {
            try
            {
                await lease.ReleaseAsync(discard: TimedOut).ConfigureAwait(false);
            }
            catch (Exception)
            {
                await lease.ReleaseAsync(discard: true).ConfigureAwait(false);
            }
        }
    }
}
