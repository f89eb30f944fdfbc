using System.Net.Http.Json;
using IntegrationKit;
using Xunit;

[assembly: AssemblyFixture(typeof(AppFixture))]

public sealed class AppFixture : ApplicationFixture<Program>
{
    public AppFixture() => Database = UsePostgres("app", o => o.ConnectionString("ConnectionStrings:App").MigrateFromFiles("schema.sql"));
    public PostgresDatabase Database { get; }
}

public sealed class NoteTests(AppFixture app)
{
    [Fact]
    public async Task A_posted_note_is_stored()
    {
        await app.Client.PostAsJsonAsync("/notes", new { text = "hello" });
        Assert.Equal(1, await app.Database.CountAsync("note"));
    }
}
