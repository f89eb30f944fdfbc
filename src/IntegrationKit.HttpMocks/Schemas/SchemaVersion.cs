namespace IntegrationKit.Schemas;

/// <summary>Which draft a schema is read by; they differ in what they know and in whether formats are checked.</summary>
internal enum SchemaVersion
{
    /// <summary>Everything any of them knows: OpenAPI documents.</summary>
    Any,
    V4,
    V6,
    V7,
    V201909,
    V202012,
}

internal static class SchemaVersions
{
    /// <summary>The draft <c>$schema</c> names, or the one given.</summary>
    public static SchemaVersion Or(this SchemaVersion version, string? uri) => uri switch
    {
        null => version,
        _ when uri.Contains("draft-04", StringComparison.Ordinal) => SchemaVersion.V4,
        _ when uri.Contains("draft-06", StringComparison.Ordinal) => SchemaVersion.V6,
        _ when uri.Contains("draft-07", StringComparison.Ordinal) => SchemaVersion.V7,
        _ when uri.Contains("2019-09", StringComparison.Ordinal) => SchemaVersion.V201909,
        _ when uri.Contains("2020-12", StringComparison.Ordinal) => SchemaVersion.V202012,
        _ => version,
    };

    public static bool Knows(this SchemaVersion version, string keyword) => version == SchemaVersion.Any || keyword switch
    {
        "const" or "contains" or "propertyNames" or "minContains" or "maxContains" => version >= SchemaVersion.V6,
        "if" => version >= SchemaVersion.V7,
        "dependentRequired" or "dependentSchemas" or "unevaluatedProperties" => version >= SchemaVersion.V201909,
        "prefixItems" => version == SchemaVersion.V202012,
        "format" => version < SchemaVersion.V201909,
        _ => true,
    };
}
