namespace IntegrationKit.Support;

/// <summary>Everything a worker needs: a database, a service with a hard-coded address, a folder and a clock.</summary>
internal sealed class NightFixture : HostFixture<Worker.Nightly>
{
    public NightFixture()
    {
        Database = UsePostgres("nights", options => options.ConnectionString("ConnectionStrings:Nights").MigrateWith(CreateAsync));
        Service = UseHttpMock("night", options => options.Host("night.example"));
        Files = UseFiles("night-files", "Folder");
        Clock = UseClock();
    }

    public PostgresDatabase Database { get; }

    public HttpMock Service { get; }

    public FileSandbox Files { get; }

    public TestClock Clock { get; }

    private static async Task CreateAsync(Npgsql.NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("create table nights (at timestamptz not null)");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
