namespace IntegrationKit.Observations;

/// <summary>The application answered a request. Seen by the outermost middleware.</summary>
internal sealed record RequestHandled : Observation
{
    public required string Point { get; init; }
    public required string Method { get; init; }
    /// <summary>Route of the matched endpoint, as in <c>EndpointDeclared.Route</c>; null when nothing matched.</summary>
    public string? Route { get; init; }
    public required string Path { get; init; }
    /// <summary>Which of the endpoint's declared query parameters and values the request carried. Other values are not kept.</summary>
    public IReadOnlyList<string>? Query { get; init; }
    public int Status { get; init; }
    /// <summary>False when the caller presented no valid identity.</summary>
    public bool Authenticated { get; init; }
    public string? User { get; init; }
    public IReadOnlyList<string>? Roles { get; init; }
    public long DurationUs { get; init; }
    public string? Exception { get; init; }
}

/// <summary>An HTTP call left the process through HttpClient, to an integration point or to an unknown host.</summary>
internal sealed record CallSent : Observation
{
    /// <summary>The declared integration point, or null for an undeclared host.</summary>
    public string? Point { get; init; }
    public required string Host { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public int? Status { get; init; }
    /// <summary>OpenTelemetry error.type when there was no answer: timeout, connection_error, response_ended …</summary>
    public string? Error { get; init; }
    public long DurationUs { get; init; }
}

/// <summary>A mock answered a request.</summary>
internal sealed record MockServed : Observation
{
    public required string Point { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public bool Matched { get; init; }
    public string? StubId { get; init; }
    public string? StubName { get; init; }
    /// <summary>The stub's path pattern, for grouping.</summary>
    public string? Operation { get; init; }
    public int? Status { get; init; }
    public string? Fault { get; init; }
    public long? DelayMs { get; init; }
    /// <summary>For an unmatched request: the nearest stub and what differs.</summary>
    public string? NearMiss { get; init; }
}
