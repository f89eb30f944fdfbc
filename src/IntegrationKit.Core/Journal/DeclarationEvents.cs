namespace IntegrationKit.Journal;

internal static class PointKind
{
    public const string Application = "application";
    public const string Database = "database";
    public const string Http = "http";
    public const string Messaging = "messaging";
    public const string Cache = "cache";
    public const string Storage = "storage";
    public const string Other = "other";
}

/// <summary>An integration point the suite is about. Publishing the same id again adds facts, the last non-null wins.</summary>
internal sealed record PointDeclared : JournalEvent
{
    /// <summary>For example <c>application:Shop</c>, <c>database:shop</c>, <c>http:payments</c>.</summary>
    public required string Id { get; init; }
    /// <summary>One of <see cref="PointKind"/>.</summary>
    public required string Kind { get; init; }
    public required string Name { get; init; }
    /// <summary>OpenTelemetry's word for the system, for example postgresql, http, rabbitmq.</summary>
    public string? System { get; init; }
    /// <summary>inbound or outbound, seen from the application.</summary>
    public string Direction { get; init; } = "outbound";
    /// <summary>container, local_process, in_process, mock or external.</summary>
    public string? Provider { get; init; }
    /// <summary>The fixture type that declared it.</summary>
    public string? DeclaredBy { get; init; }
}

/// <summary>An endpoint the application offers, read from the running application.</summary>
internal sealed record EndpointDeclared : JournalEvent
{
    public required string Point { get; init; }
    /// <summary>HTTP method, or <c>ANY</c>.</summary>
    public required string Method { get; init; }
    /// <summary>Route with a leading slash and constraints, for example <c>/orders/{id:int}</c>.</summary>
    public required string Route { get; init; }
    public string? Name { get; init; }
    public bool RequiresAuthorization { get; init; }
    public bool AllowsAnonymous { get; init; }
    public IReadOnlyList<string>? Roles { get; init; }
    public IReadOnlyList<string>? Policies { get; init; }
    public bool AcceptsBody { get; init; }
    /// <summary>Query parameters by name; <c>name=value</c> besides for each value of an enumeration.</summary>
    public IReadOnlyList<string>? Query { get; init; }
    public IReadOnlyList<int>? Statuses { get; init; }
    /// <summary>Added by a package (an OpenAPI document, a Swagger page): no gap when no test calls it.</summary>
    public bool Infrastructure { get; init; }
}

/// <summary>A table, view or other relation of a declared database, read from its catalogue.</summary>
internal sealed record TableDeclared : JournalEvent
{
    public required string Point { get; init; }
    public required string Schema { get; init; }
    public required string Name { get; init; }
    /// <summary>table, view or materialized_view.</summary>
    public string Kind { get; init; } = "table";
    /// <summary>Seeded tables hold rows at baseline; infrastructure tables (migration history) are not reported as gaps.</summary>
    public string? Role { get; init; }
}

/// <summary>A constraint of a declared table, so that the report can say which ones no test ever violated.</summary>
internal sealed record ConstraintDeclared : JournalEvent
{
    public required string Point { get; init; }
    public required string Table { get; init; }
    public required string Name { get; init; }
    /// <summary>unique, primary_key, foreign_key, check, exclusion or not_null.</summary>
    public required string Kind { get; init; }
}

/// <summary>Something the run started or found: a server, a container, a mock, an application host.</summary>
internal sealed record ResourceReported : JournalEvent
{
    /// <summary>For example <c>postgres</c>, <c>mock:payments</c>, <c>host:Shop</c>. Reporting it again replaces the state.</summary>
    public required string Resource { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public string? Version { get; init; }
    public string? Provider { get; init; }
    /// <summary>Why this provider was chosen.</summary>
    public string? Reason { get; init; }
    /// <summary>What was probed and not chosen.</summary>
    public IReadOnlyList<RejectedProvider>? Rejected { get; init; }
    /// <summary>Where it listens, without secrets.</summary>
    public string? Endpoint { get; init; }
    /// <summary>starting, ready, failed, reused or stopped.</summary>
    public required string State { get; init; }
    public long? StartUs { get; init; }
    public string? Error { get; init; }
    public IReadOnlyDictionary<string, string>? Details { get; init; }
}

internal sealed record RejectedProvider(string Provider, string Reason);

/// <summary>How a database got its content and how tests are kept apart.</summary>
internal sealed record DatabaseReported : JournalEvent
{
    public required string Point { get; init; }
    public required string Resource { get; init; }
    public string? MigrationTool { get; init; }
    public IReadOnlyList<string>? Migrations { get; init; }
    public string? TemplateHash { get; init; }
    public bool TemplateReused { get; init; }
    public IReadOnlyList<string>? Seeds { get; init; }
    public required string Isolation { get; init; }
    public long? PrepareUs { get; init; }
}

/// <summary>Stubs of a mock at the end of a scope: how many there were and which were never used.</summary>
internal sealed record StubsReported : JournalEvent
{
    public required string Point { get; init; }
    /// <summary>The test whose scope ended, or null for the shared stubs at the end of the run.</summary>
    public string? Test { get; init; }
    public int Defined { get; init; }
    public int Used { get; init; }
    public IReadOnlyList<string>? Unused { get; init; }
}
