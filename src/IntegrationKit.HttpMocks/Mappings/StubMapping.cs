using System.Text.Json.Nodes;
using IntegrationKit.Matching;
using IntegrationKit.Webhooks;

namespace IntegrationKit.Mappings;

/// <summary>A stub as the stub-mapping format describes it: what it matches, what it answers, and when. Immutable.</summary>
internal sealed record StubMapping
{
    public const int DefaultPriority = 5;

    public required Guid Id { get; init; }

    public string? Name { get; init; }

    /// <summary>1 is asked first.</summary>
    public int Priority { get; init; } = DefaultPriority;

    public required RequestPattern Request { get; init; }

    public required ResponseDefinition Response { get; init; }

    public ScenarioStep? Scenario { get; init; }

    /// <summary>Calls to make after the stub has answered.</summary>
    public IReadOnlyList<Webhook> Listeners { get; init; } = [];

    public bool Persistent { get; init; }

    /// <summary>The mapping as it was written, with its id. Writing a stub writes this: nothing is lost on the way.</summary>
    public required JsonObject Source { get; init; }

    /// <summary>The file it came from, or null.</summary>
    public string? File { get; init; }

    public JsonObject? Metadata => Source["metadata"] as JsonObject;

    /// <summary>For messages: the name, or method and URL.</summary>
    public string Title => Name is null ? Operation : $"{Operation} ({Name})";

    public string Operation => $"{Request.MethodText} {Request.UrlText}";
}

/// <summary>A stub's place in a scenario.</summary>
/// <param name="Name">Scenario name.</param>
/// <param name="Required">State in which the stub answers, or null for any.</param>
/// <param name="Next">State after it has answered, or null for no change.</param>
internal sealed record ScenarioStep(string Name, string? Required, string? Next)
{
    public const string Started = "Started";
}
