using IntegrationKit;
using IntegrationKit.Local;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

// A process with a database, for tests that kill it. Says "ready" when the server runs, ends at the end of its input.
// The argument is a file that gets a line whenever the template is built. Further words: "fail" runs a test that fails and
// keeps its database; "prune" only removes what runs have left, kept servers included.
if (args.Contains("prune"))
{
    LocalPostgres.Prune(TimeSpan.FromDays(1));
    return;
}

var database = new PostgresDatabase("victim", options => options.LocalBinaries().KeepFailed(args.Contains("fail")).MigrateWith(async (source, token) =>
{
    await File.AppendAllTextAsync(args[0], "built\n", token);
    await using var command = source.CreateCommand("CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 100)");
    await command.ExecuteNonQueryAsync(token);
}));
await database.StartAsync(new FixtureContext("Victim", AppContext.BaseDirectory, null), CancellationToken.None);
if (args.Contains("fail"))
{
    var (lane, test) = (new Lane(0), new TestScope("t1@1", "a test"));
    TestScopes.Add(test);
    TestScope.Current = test;
    database.LaneResolver = () => lane;
    await database.PrepareAsync(lane, test, CancellationToken.None);
    await database.ExecuteAsync("INSERT INTO t VALUES (7777)");
    test.HasFailed = true;
    await database.ReleaseAsync(lane, test);
}

await Console.Out.WriteLineAsync("ready");
await Console.In.ReadToEndAsync();
await database.DisposeAsync();
