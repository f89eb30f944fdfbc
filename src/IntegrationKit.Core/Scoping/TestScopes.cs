using System.Collections.Concurrent;
using System.Diagnostics;

namespace IntegrationKit.Scoping;

/// <summary>The tests of this process by trace and by baggage, for attribution. Thread-safe.</summary>
internal static class TestScopes
{
    /// <summary>Name of the W3C baggage entry that carries <see cref="TestScope.BaggageId"/>.</summary>
    public const string BaggageKey = "ik-test";

    private static readonly ConcurrentDictionary<ActivityTraceId, TestScope> ByTrace = new();
    private static readonly ConcurrentDictionary<string, TestScope> ByExecution = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, TestScope> ByBaggage = new(StringComparer.Ordinal);

    /// <summary>Makes the scope findable now; it does so itself when somebody first asks for one of its names.</summary>
    public static void Add(TestScope scope) => scope.Introduce();

    public static void Add(TestScope scope, TestScope.Names names)
    {
        ByTrace[names.Trace] = scope;
        ByBaggage[names.Baggage] = scope;
        ByExecution[scope.Execution] = scope;
    }

    /// <summary>Ended scopes stay findable until the run ends: a request may outlive its test.</summary>
    public static TestScope? Find(ActivityTraceId trace) => ByTrace.GetValueOrDefault(trace);

    public static TestScope? FindByBaggage(string? baggageId) =>
        baggageId is null ? null : ByBaggage.GetValueOrDefault(baggageId.Trim());

    public static TestScope? FindByExecution(string execution) => ByExecution.GetValueOrDefault(execution);

    public static void Clear()
    {
        ByTrace.Clear();
        ByBaggage.Clear();
        ByExecution.Clear();
    }
}
