using System.Text.Json.Serialization;
using IntegrationKit.Journal;

namespace IntegrationKit.Observations;

/// <summary>How an observation was given to a test.</summary>
internal static class Via
{
    /// <summary>By the W3C trace id the test's client sent.</summary>
    public const string Trace = "trace";
    /// <summary>By an activity link to a trace of the test.</summary>
    public const string Link = "link";
    /// <summary>By the execution context: the test's own code did it.</summary>
    public const string Context = "context";
    /// <summary>By the lane that belongs to the test.</summary>
    public const string Lane = "lane";
    /// <summary>By the W3C baggage of the request.</summary>
    public const string Baggage = "baggage";
}

/// <summary>Who caused it.</summary>
internal static class Origin
{
    public const string Application = "application";
    public const string Test = "test";
    public const string Kit = "kit";
}

/// <summary>Something that happened at an integration point.</summary>
internal abstract record Observation : JournalEvent
{
    /// <summary>The execution it belongs to, or null when it cannot be said for certain (background work).</summary>
    [JsonPropertyOrder(-10)]
    public string? Test { get; init; }

    /// <summary>One of <see cref="Observations.Via"/>; null when <see cref="Test"/> is null.</summary>
    [JsonPropertyOrder(-9)]
    public string? Via { get; init; }

    /// <summary>One of <see cref="Observations.Origin"/>. Only the application's own work counts as coverage.</summary>
    [JsonPropertyOrder(-8)]
    public string Origin { get; init; } = Observations.Origin.Application;

    /// <summary>W3C trace id, when there is one: joins a request with the SQL and calls it caused.</summary>
    [JsonPropertyOrder(-7)]
    public string? Trace { get; init; }

    /// <summary>The lane (database, host and mock scope of one running test) it happened in.</summary>
    [JsonPropertyOrder(-6)]
    public int? Lane { get; init; }
}
