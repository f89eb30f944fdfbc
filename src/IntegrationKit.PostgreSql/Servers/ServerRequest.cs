namespace IntegrationKit.Servers;

/// <summary>Which server a database asks for. Equal requests share one server per process.</summary>
internal sealed record ServerRequest
{
    /// <summary>The provider fixed in code, or null to choose.</summary>
    public IServerProvider? Provider { get; init; }

    /// <summary>The major version needed, or null for any supported one.</summary>
    public int? Version { get; init; }

    public WhenUnavailable Policy { get; init; } = WhenUnavailable.Fail;
}
