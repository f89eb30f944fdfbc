using System.Collections.Concurrent;
using IntegrationKit.Fluent;
using IntegrationKit.Requests;
using IntegrationKit.Scoping;

namespace IntegrationKit.Stubs;

/// <summary>
/// What belongs to one test at one mock, or to all of them (the shared scope): stubs, scenario states, the journal. Ending a
/// test drops its scope and touches nothing else.
/// </summary>
internal sealed class StubScope(TestScope? test, JournalLimits limits)
{
    private ScopeSink? sink;

    /// <summary>The test, or null for the shared scope.</summary>
    public TestScope? Test => test;

    public StubTable Stubs { get; } = new();

    public ScenarioStates Scenarios { get; } = new();

    public RequestJournal Journal { get; } = new(limits);

    /// <summary>Stubs of the fluent API in the order of their declaration.</summary>
    public ConcurrentQueue<StubUsage> Declared { get; } = new();

    /// <summary>Takes the fluent API's declarations.</summary>
    public ScopeSink Sink => sink ??= new ScopeSink(this);

    /// <summary>Request patterns that were started and have no reply yet.</summary>
    public ConcurrentDictionary<MockStub, byte> Unfinished { get; } = new();
}
