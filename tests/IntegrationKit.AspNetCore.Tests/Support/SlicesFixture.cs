namespace IntegrationKit.Support;

/// <summary>All that a suite of the vertical-slice application would write.</summary>
internal sealed class SlicesFixture : ApplicationFixture<Slices.Startup>
{
    public SlicesFixture()
    {
        Database = UsePostgres("tickets", options => options.ConnectionString("ConnectionStrings:Tickets").MigrateFromFiles("tickets.sql"));
        Directory = UseHttpMock("directory", options => options.BaseAddress("Directory:Url"));
        Mail = UseMail("mail", "Smtp:Host", "Smtp:Port");
        UseTestScheme();
    }

    public PostgresDatabase Database { get; }

    public HttpMock Directory { get; }

    public MailSandbox Mail { get; }
}
