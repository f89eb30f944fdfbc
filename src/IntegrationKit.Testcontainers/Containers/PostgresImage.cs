using System.Globalization;

namespace IntegrationKit.Containers;

/// <summary>The image of a PostgreSQL server.</summary>
// Named: Somebody asked for it; then it is pulled when it is missing.
internal sealed record PostgresImage(string Name, bool Named)
{
    public const string Variable = "INTEGRATIONKIT_POSTGRES_IMAGE";

    private const int DefaultVersion = 17;

    /// <summary>What the environment says, or the official image, which is only taken when it is there.</summary>
    // major: The version needed, or null for any.
    public static PostgresImage OfEnvironment(int? major = null) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set
            ? new PostgresImage(set, Named: true)
            : new PostgresImage(string.Create(CultureInfo.InvariantCulture, $"postgres:{major ?? DefaultVersion}"), Named: false);
}
