using IntegrationKit.Stubs;

namespace IntegrationKit.Requests;

/// <summary>A request the mock has answered, as the journal keeps it.</summary>
internal sealed class LoggedRequest(MockRequest request, Stub? stub)
{
    public MockRequest Request => request;

    /// <summary>The stub that matched, or null.</summary>
    public Stub? Stub => stub;

    /// <summary>A stub matched, or the real service answered while recording.</summary>
    public bool Matched => stub is not null || Recorded;

    /// <summary>The real service answered.</summary>
    public bool Recorded { get; set; }

    /// <summary>For an unmatched request: the nearest stubs and what differs.</summary>
    public string? NearMiss { get; set; }

    /// <summary>What went out; null until it is known and for faults of the connection.</summary>
    public Responding.Answer? Answer { get; set; }

    /// <summary>It is proven to be the request of the scope's test, and not background work of its lane.</summary>
    public bool Attributed { get; set; }

    /// <summary>The journal kept only the beginning of the body.</summary>
    public bool BodyCut { get; init; }
}
