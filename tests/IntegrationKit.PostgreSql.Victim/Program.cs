using IntegrationKit;
using IntegrationKit.Resources;

// A process with a database, for tests that kill it. Says "ready" when the server runs, ends at the end of its input.
// The argument is a file that gets a line whenever the template is built.
var database = new PostgresDatabase("victim", options => options.LocalBinaries().MigrateWith(async (source, token) =>
{
    await File.AppendAllTextAsync(args[0], "built\n", token);
    await using var command = source.CreateCommand("CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 100)");
    await command.ExecuteNonQueryAsync(token);
}));
await database.StartAsync(new FixtureContext("Victim", AppContext.BaseDirectory, null), CancellationToken.None);
await Console.Out.WriteLineAsync("ready");
await Console.In.ReadToEndAsync();
await database.DisposeAsync();
