using System.Diagnostics;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Redaction;
using IntegrationKit.Scoping;

namespace IntegrationKit.Recording;

/// <summary>
/// The one way into the journal. Redacts, stamps and appends; never throws, never blocks longer than one write.
/// Thread-safe.
/// </summary>
internal sealed class Recorder : IDisposable
{
    private readonly JournalWriter? journal;
    private readonly long started = Stopwatch.GetTimestamp();
    /// <summary>0 where a microsecond is no whole number of ticks.</summary>
    private readonly long ticksPerUs = Stopwatch.Frequency % 1_000_000 == 0 ? Stopwatch.Frequency / 1_000_000 : 0;
    private int failures;

    public Recorder(JournalWriter? journal, Redactor redactor)
    {
        this.journal = journal;
        Redactor = redactor;
    }

    /// <summary>The recorder of the run in this process, or null outside a run. Set by the test framework.</summary>
    public static Recorder? Current { get; set; }

    public Redactor Redactor { get; }

    /// <summary>Path of the journal file, or null when nothing can be written.</summary>
    public string? JournalPath => journal?.Path;

    /// <summary>Events that could not be written, for example on a full disk.</summary>
    public int Failures => Volatile.Read(ref failures);

    /// <summary>First reason why an event could not be written.</summary>
    public Exception? FirstFailure { get; private set; }

    public long ElapsedUs => ticksPerUs > 0 ? (Stopwatch.GetTimestamp() - started) / ticksPerUs : (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds;

    /// <summary>Publishes to the current run, if there is one.</summary>
    public static void Observe(JournalEvent journalEvent) => Current?.Publish(journalEvent);

    public void Publish(JournalEvent journalEvent)
    {
        try
        {
            if (journalEvent is Observation { Test: { } test } observation)
            {
                TestScopes.FindByExecution(test)?.Remember(observation, ElapsedUs);
            }

            journal?.Append(EventRedaction.Apply(journalEvent, Redactor), ElapsedUs, Redactor);
        }
        catch (Exception exception)
        {
            FirstFailure ??= exception;
            Interlocked.Increment(ref failures);
        }
    }

    public void Dispose() => journal?.Dispose();
}
