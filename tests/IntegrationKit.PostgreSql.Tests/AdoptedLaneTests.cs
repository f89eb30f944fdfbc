using IntegrationKit.PostgreSql.Tests.Support;
using IntegrationKit.Resources;

namespace IntegrationKit.PostgreSql.Tests;

/// <summary>An application that creates tables and rows at its start, as job queues and document stores do.</summary>
public sealed class AdoptedLaneTests
{
    private const string Schema = "CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY, note text); CREATE TABLE settings (key text)";

    private const string AtStart = "CREATE TABLE jobs (id int GENERATED ALWAYS AS IDENTITY, name text); INSERT INTO settings VALUES ('made at start'); INSERT INTO orders (note) VALUES ('first')";

    [Fact]
    public async Task What_the_application_made_at_its_start_is_there_for_every_test_and_the_rest_is_reset()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.ExecuteAsync(AtStart);
        await database.Resource.SettleAsync(database.Lane, TestContext.Current.CancellationToken);
        var settled = await Fingerprint.OfAsync(database.Resource.ConnectionString);
        await database.Resource.ExecuteAsync("INSERT INTO jobs (name) VALUES ('by a test'); DELETE FROM settings; INSERT INTO orders (note) VALUES ('second')");

        await database.BeginAsync();

        Fingerprint.Difference(settled, await Fingerprint.OfAsync(database.Resource.ConnectionString)).Should().BeEmpty();
        database.LastReset.Strategy.Should().Be("delete");
    }

    [Fact]
    public async Task A_lane_that_would_need_a_clone_is_stale()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.ExecuteAsync(AtStart);
        await database.Resource.SettleAsync(database.Lane, TestContext.Current.CancellationToken);
        await database.Resource.ExecuteAsync("DROP TABLE jobs");

        var next = () => database.BeginAsync();

        await next.Should().ThrowAsync<StaleLaneException>();
    }

    [Fact]
    public async Task An_application_that_makes_nothing_changes_nothing()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.SettleAsync(database.Lane, TestContext.Current.CancellationToken);
        await database.Resource.ExecuteAsync("DROP TABLE settings");

        await database.BeginAsync();

        database.LastReset.Strategy.Should().Be("clone");
    }
}
