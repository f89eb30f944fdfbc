namespace IntegrationKit.Support;

internal class MinimalFixture : ApplicationFixture<Program>
{
    public MinimalFixture(params (string Key, string? Value)[] settings)
    {
        foreach (var (key, value) in settings)
        {
            Setting(key, value);
        }
    }
}

internal sealed class KestrelFixture : MinimalFixture
{
    public KestrelFixture(params (string Key, string? Value)[] settings)
        : base(settings) => UseKestrel();
}

internal sealed class SignedInFixture : MinimalFixture
{
    public SignedInFixture() => UseIdentityProvider("Auth:Authority");
}

internal sealed class MarksFixture : MinimalFixture
{
    public MarksFixture(bool onKestrel, string downstream)
        : base(("Downstream:BaseUrl", downstream))
    {
        UsePostgres("marks", options => options.ConnectionString("ConnectionStrings:Marks").MigrateWith(async (source, cancellationToken) =>
        {
            await using var command = source.CreateCommand("create table marks (mark text not null)");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }));
        if (onKestrel)
        {
            UseKestrel();
        }
    }
}
