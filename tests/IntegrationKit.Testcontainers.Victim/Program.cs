using IntegrationKit;
using IntegrationKit.Containers;
using IntegrationKit.Resources;

// A process with a database in a container of the image given, for tests that kill it. Says "alive" with the owner its
// container will name, "ready" when the server runs, and ends at the end of its input.
await Console.Out.WriteLineAsync(OwnerLabel.Mine.ToString());
var database = new PostgresDatabase("victim", options => options.Container(args[0]));
await database.StartAsync(new FixtureContext("Victim", AppContext.BaseDirectory, null), CancellationToken.None);
await Console.Out.WriteLineAsync("ready");
await Console.In.ReadToEndAsync();
await database.DisposeAsync();
