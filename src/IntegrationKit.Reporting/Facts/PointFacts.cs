using IntegrationKit.Journal;

namespace IntegrationKit.Facts;

/// <summary>An integration point with everything observed at it.</summary>
internal sealed class PointFacts(string id)
{
    public string Id { get; } = id;
    public PointDeclared? Declaration { get; private set; }
    public SortedSet<string> DeclaredBy { get; } = new(StringComparer.Ordinal);
    public string Kind => Declaration?.Kind ?? Id.Split(':')[0];
    public string Name => Declaration?.Name ?? Id[(Id.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public Tally Exercised { get; } = new();
    public Tally Mocked { get; } = new();
    /// <summary>The application's own view; a mock's view where the application's calls are not seen.</summary>
    public Tally Observed => Exercised.Calls > 0 ? Exercised : Mocked;
    public long Errors { get; set; }
    public SortedDictionary<string, Tally> Operations { get; } = new(StringComparer.Ordinal);

    /// <summary>What the application's HTTP client saw.</summary>
    public SortedDictionary<string, Tally> CallOutcomes { get; } = new(StringComparer.Ordinal);
    /// <summary>What the mock answered.</summary>
    public SortedDictionary<string, Tally> MockOutcomes { get; } = new(StringComparer.Ordinal);
    public long Unmatched { get; set; }
    /// <summary>Null for a point without a mock.</summary>
    public StubFacts? Stubs { get; set; }

    public Tally Committed { get; } = new();
    public Tally RolledBack { get; } = new();
    public Tally Leaked { get; } = new();

    public bool IsOutboundHttp => Kind == PointKind.Http && Declaration?.Direction != "inbound";

    /// <summary>Later declarations add facts: the last value that is not null wins.</summary>
    public void Declare(PointDeclared declared)
    {
        Declaration = Declaration is null ? declared : declared with
        {
            System = declared.System ?? Declaration.System,
            Provider = declared.Provider ?? Declaration.Provider,
        };
        if (declared.DeclaredBy is not null)
        {
            DeclaredBy.Add(declared.DeclaredBy);
        }
    }

    /// <summary>The client's view where there is one, with the mock's faults; else the mock's view.</summary>
    public IReadOnlyDictionary<string, Tally> Outcomes()
    {
        if (CallOutcomes.Count == 0)
        {
            return MockOutcomes;
        }

        var outcomes = new SortedDictionary<string, Tally>(CallOutcomes, StringComparer.Ordinal);
        if (MockOutcomes.TryGetValue(Outcome.Fault, out var faults))
        {
            outcomes[Outcome.Fault] = faults;
        }

        return outcomes;
    }
}

internal static class Outcome
{
    public const string Timeout = "timeout";
    public const string ConnectionError = "connection_error";
    public const string Fault = "fault";

    public static string OfStatus(int status) => $"{status / 100}xx";

    public static string OfError(string error) =>
        error.Contains("timeout", StringComparison.OrdinalIgnoreCase) || error.Contains("cancel", StringComparison.OrdinalIgnoreCase)
            ? Timeout
            : ConnectionError;
}
