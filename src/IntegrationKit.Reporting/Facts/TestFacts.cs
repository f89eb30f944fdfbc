using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Facts;

/// <summary>What makes a test the same test in two journals. Never its display name.</summary>
internal readonly record struct TestKey(string Assembly, string? TargetFramework, string TestId);

/// <summary>A test with all its executions, oldest first.</summary>
internal sealed class TestFacts(TestKey key)
{
    public TestKey Key { get; } = key;
    public string TestId => Key.TestId;
    public List<ExecutionFacts> Executions { get; } = new(1);
    /// <summary>
    /// The last execution that came to an end; else the last one. Of repetitions the first that failed: one is enough.
    /// </summary>
    public ExecutionFacts Decisive => Executions.Count == 1 ? Executions[0]
        : (Repeats ? Executions.Find(e => e.IsBad) : null) ?? Executions.FindLast(e => e.Finished is not null) ?? Executions[^1];
    private bool Repeats => Executions.Exists(e => e.Repeats);
    public string Status => Decisive.Status;
    public string Name => Decisive.Name;
    public bool IsBad => Status is TestStatus.Failed or TestStatus.Error;
    public bool HasRun => Status is not (TestStatus.Skipped or TestStatus.NotRun);
    /// <summary>Every integration point that an execution touched, once.</summary>
    public IEnumerable<string> Points => Executions.Count == 1 ? Executions[0].Points : Executions.SelectMany(e => e.Points).Distinct(StringComparer.Ordinal);
    /// <summary>The same code failed once and passed once.</summary>
    public bool Flaky => Executions.Count > 1 && (Status == TestStatus.Passed
        ? Executions.Exists(e => e.IsBad)
        : Repeats && IsBad && Executions.Exists(e => e.Status == TestStatus.Passed));
}

internal sealed class ExecutionFacts(TestFacts test, TestStarted started, TestCasePlanned testCase, RunFacts run)
{
    public const int InteractionLimit = 200;

    public TestFacts Test { get; } = test;
    /// <summary>As it is for this test. When the line that described it is damaged, nothing is known of it but ids.</summary>
    public TestCasePlanned Case { get; } = testCase;
    public string Name { get; } = started.Name ?? testCase.Name;
    public int Attempt { get; } = started.Attempt;
    /// <summary>The attempts are repetitions that all count.</summary>
    public bool Repeats { get; } = started.Repeats;
    public long StartUs { get; } = started.AtUs;
    public IReadOnlyList<TestParameter>? Parameters { get; } = started.Parameters is { Count: 0 } ? null : started.Parameters;
    public RunFacts Run { get; } = run;
    public TestFinished? Finished { get; set; }
    public string? Fingerprint { get; set; }
    public List<Step>? Steps { get; private set; }
    public List<Interaction>? Interactions { get; private set; }
    /// <summary>In the order of the points' ids.</summary>
    public List<PointCalls>? CallsByPoint { get; private set; }
    public long InteractionCount { get; set; }
    public RequestWindows? Windows { get; set; }

    public bool InFlight => Finished is null;

    public string Status => Finished?.Status ?? TestStatus.Error;

    public bool IsBad => !InFlight && Status is (TestStatus.Failed or TestStatus.Error);

    public string? RawStatus => Finished is null ? "in_flight" : Finished.RawStatus;

    public IEnumerable<string> Points => CallsByPoint?.Select(c => c.IntegrationPointId) ?? [];

    public bool Touches(string point) => CallsByPoint?.Exists(c => c.IntegrationPointId == point) == true;

    public void Note(Step step) => (Steps ??= []).Add(step);

    public void Note(Interaction interaction)
    {
        InteractionCount++;
        if (interaction.IntegrationPointId is { } point)
        {
            Count(point);
        }

        if (InteractionCount <= InteractionLimit)
        {
            (Interactions ??= new List<Interaction>(2)).Add(interaction);
        }
    }

    private void Count(string point)
    {
        CallsByPoint ??= new List<PointCalls>(1);
        var index = CallsByPoint.FindIndex(c => string.CompareOrdinal(c.IntegrationPointId, point) >= 0);
        if (index >= 0 && CallsByPoint[index].IntegrationPointId == point)
        {
            CallsByPoint[index] = CallsByPoint[index] with { Calls = CallsByPoint[index].Calls + 1 };
        }
        else
        {
            CallsByPoint.Insert(index < 0 ? CallsByPoint.Count : index, new PointCalls(point, 1));
        }
    }
}
