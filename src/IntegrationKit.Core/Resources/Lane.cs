using System.Collections.Concurrent;

namespace IntegrationKit.Resources;

/// <summary>
/// What one running test has to itself: a database clone, an application host, a mock scope. Lanes are pooled; a lane
/// belongs to at most one test at a time and is cleaned before the next one gets it.
/// </summary>
internal sealed class Lane(int index)
{
    /// <summary>0, 1, 2 … within the fixture.</summary>
    public int Index { get; } = index;

    /// <summary>True once every resource was ready for the first test of the lane.</summary>
    public bool IsSettled { get; set; }

    /// <summary>What each resource keeps in this lane, by resource.</summary>
    public ConcurrentDictionary<IntegrationResource, object> State { get; } = new();

    /// <summary>Values the resources before it offer to the application of this lane, for example connection strings.</summary>
    public ConcurrentDictionary<string, string?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Handlers of outgoing HTTP by host name, offered by mocks to the application of this lane.</summary>
    public ConcurrentDictionary<string, Func<HttpMessageHandler>> OutgoingHandlers { get; } = new(StringComparer.OrdinalIgnoreCase);
}
