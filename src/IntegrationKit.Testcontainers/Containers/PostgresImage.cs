namespace IntegrationKit.Containers;

/// <summary>The image of a PostgreSQL server.</summary>
// Named: Somebody asked for it; then it is pulled when it is missing.
internal sealed record PostgresImage(string Name, bool Named)
{
    public const string Variable = "INTEGRATIONKIT_POSTGRES_IMAGE";

    private const string Default = "postgres:17";

    /// <summary>What the environment says, or the default image, which is only taken when it is there.</summary>
    public static PostgresImage OfEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? new PostgresImage(set, Named: true) : new PostgresImage(Default, Named: false);
}
