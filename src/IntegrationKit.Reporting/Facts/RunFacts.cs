using IntegrationKit.Journal;

namespace IntegrationKit.Facts;

/// <summary>One journal: one process that ran (part of) one test assembly once.</summary>
internal sealed class RunFacts
{
    public required string Digest { get; init; }
    public required string Source { get; init; }
    public RunStarted? Started { get; set; }
    public RunConfigured? Configured { get; set; }
    public RunPlanned? Planned { get; set; }
    public RunFinished? Finished { get; set; }
    public RunAborted? Aborted { get; set; }
    public long LastUs { get; set; }
    public int UnreadableLines { get; set; }
    public bool TornLastLine { get; set; }
    public int MissingSequences { get; set; }

    public int PlannedCases { get; set; }
    /// <summary>Planned cases that no test belongs to: the run was interrupted, or the runner stopped before them.</summary>
    public List<TestCasePlanned> NeverStarted { get; set; } = [];
    public List<ExecutionFacts> InFlight { get; set; } = [];
    public List<FixtureFailed> FixtureFailures { get; } = [];
    public string? LastResource { get; set; }

    public string Assembly => Started?.Assembly ?? "unknown";

    /// <summary>The runner never said that it was done.</summary>
    public bool Interrupted => Finished is null || Aborted is not null || Finished.Cancelled;
}
