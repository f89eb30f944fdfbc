using System.Collections.Concurrent;
using System.Diagnostics;
using IntegrationKit.Observations;

namespace IntegrationKit.Scoping;

/// <summary>
/// One running test as the fixtures see it: its identity, its trace, and what it holds for as long as it runs.
/// Made by the test framework just before the test class is constructed. Thread-safe.
/// </summary>
internal sealed class TestScope
{
    private static readonly AsyncLocal<TestScope?> Ambient = new();
    private static readonly Lock Introducing = new();
    private ConcurrentDictionary<object, object>? items;

    /// <summary>More than a test needs to assert on; beyond it only the journal goes on.</summary>
    private const int MostObservations = 2000;

    private ConcurrentQueue<SeenObservation>? observations;
    private Names? names;
    private int observed;
    private int requestsInFlight;

    /// <param name="execution">The execution id, as in <c>TestStarted.Execution</c>.</param>
    /// <param name="name">The display name, for messages.</param>
    public TestScope(string execution, string name)
    {
        Execution = execution;
        Name = name;
    }

    /// <summary>How the test framework finds the scope of the calling code. Set once per run.</summary>
    public static Func<TestScope?>? Resolver { get; set; }

    /// <summary>The test whose code is calling, or null (host threads, fixtures, background work).</summary>
    public static TestScope? Current
    {
        get
        {
            var scope = Ambient.Value ?? Resolver?.Invoke();
            scope?.Introduce();
            return scope;
        }

        set => Ambient.Value = value;
    }

    public string Execution { get; }

    public string Name { get; }

    /// <summary>Short id that travels in W3C baggage as <c>ik-test</c>.</summary>
    public string BaggageId => Introduce().Baggage;

    /// <summary>Every request of the test's clients carries this trace id.</summary>
    public ActivityTraceId TraceId => Introduce().Trace;

    /// <summary>True from the end of the test body on; a timed-out test may still be running then.</summary>
    public bool HasEnded { get; set; }

    /// <summary>True once the runner has said that the test failed.</summary>
    public bool HasFailed { get; set; }

    /// <summary>What was seen of this test so far, with the time of the journal.</summary>
    public IReadOnlyCollection<SeenObservation> Observations => observations ?? (IReadOnlyCollection<SeenObservation>)[];

    /// <summary>Requests the application is still busy with.</summary>
    public int RequestsInFlight => Volatile.Read(ref requestsInFlight);

    public void RequestBegan() => Interlocked.Increment(ref requestsInFlight);

    public void RequestEnded() => Interlocked.Decrement(ref requestsInFlight);

    public void Remember(Observation observation, long atUs)
    {
        if (!HasEnded && Interlocked.Increment(ref observed) <= MostObservations)
        {
            LazyInitializer.EnsureInitialized(ref observations)!.Enqueue(new SeenObservation(observation, atUs));
        }
    }

    /// <summary>Leases and other things fixtures keep for the test, by owner.</summary>
    public ConcurrentDictionary<object, object> Items
    {
        get
        {
            Introduce();
            return LazyInitializer.EnsureInitialized(ref items)!;
        }
    }

    /// <summary>False for a test that no fixture keeps anything for.</summary>
    public bool HasItems => items is { IsEmpty: false };

    /// <summary>Microseconds spent getting ready before the test class was constructed.</summary>
    public long SetupUs { get; set; }

    /// <summary>
    /// Gives the test its names and makes it findable by them. On first use only: most tests of most suites touch no
    /// resource, and nobody can observe anything of a test that never gave away a name.
    /// </summary>
    public Names Introduce()
    {
        if (Volatile.Read(ref names) is { } known)
        {
            return known;
        }

        lock (Introducing)
        {
            if (names is null)
            {
                var made = new Names(ActivitySpanId.CreateRandom().ToHexString(), ActivityTraceId.CreateRandom());
                TestScopes.Add(this, made);
                Volatile.Write(ref names, made);
            }

            return names;
        }
    }

    /// <summary>What requests of the test carry.</summary>
    internal sealed record Names(string Baggage, ActivityTraceId Trace);
}

internal sealed record SeenObservation(Observation Observation, long AtUs);
