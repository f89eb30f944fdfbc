using IntegrationKit.PostgreSql.Tests.Support;

namespace IntegrationKit.PostgreSql.Tests.Resets;

public sealed class LeakCheckTests
{
    /// <summary>What a defect of the reset would do: the function that should clean does nothing, or half.</summary>
    [Theory]
    [InlineData("INSERT INTO tree VALUES (1, NULL)", "public.tree has rows")]
    [InlineData("UPDATE country SET name = 'x' WHERE code = 'c7'", "seeded rows, views or definitions are not those of the template")]
    [InlineData("ALTER TABLE tree ADD COLUMN extra int", "seeded rows, views or definitions are not those of the template")]
    [InlineData("SELECT nextval('standalone')", "public.standalone is not at its position")]
    public async Task What_a_broken_reset_leaves_is_found_reported_and_replaced(string sql, string difference)
    {
        await using var database = await TestDatabase.ReadyAsync(EdgeSchema.Sql, o => o.VerifyIsolation());
        var before = await Fingerprint.OfAsync(database.Resource.ConnectionString);
        await BreakAsync(database);
        await database.Resource.ExecuteAsync(sql);

        await database.BeginAsync();

        var issue = database.Events<Observations.IssueObserved>().Should().ContainSingle().Which;
        (issue.Rule, issue.Level).Should().Be(("IK4001", "error"));
        issue.Evidence.Should().Contain(difference);
        Fingerprint.Difference(before, await Fingerprint.OfAsync(database.Resource.ConnectionString)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_reset_that_works_is_never_doubted()
    {
        await using var database = await TestDatabase.ReadyAsync(EdgeSchema.Sql, o => o.VerifyIsolation());
        foreach (var sql in new[] { "INSERT INTO tree VALUES (1, NULL)", "UPDATE country SET name = 'x' WHERE code = 'c7'", "TRUNCATE settings", "ALTER TABLE tree ADD COLUMN extra int" })
        {
            await database.Resource.ExecuteAsync(sql);
            await database.BeginAsync();
        }

        await database.BeginAsync();

        database.Events<Observations.IssueObserved>().Should().BeEmpty();
    }

    [Fact]
    public void It_is_due_often_at_first_and_rarely_later()
    {
        var check = new global::IntegrationKit.Resets.LeakCheck();

        Enumerable.Range(1, 300).Where(_ => check.IsDue(always: false)).Should().Equal(1, 2, 4, 8, 16, 32, 64, 100, 200, 300);
    }

    private static async Task BreakAsync(TestDatabase database)
    {
        // With event triggers off the change itself goes unnoticed.
        await using var connection = await database.Resource.Current.OpenQuietAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            """
            SET session_replication_role = replica;
            CREATE OR REPLACE FUNCTION integrationkit.reset(last_seen xid8, last_position pg_lsn, careful boolean) RETURNS text[] LANGUAGE sql AS $$SELECT ARRAY['done', '', '']$$
            """, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
