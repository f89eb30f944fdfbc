using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Resets;

/// <summary>Whatever a test does, the next one starts from the same bytes; proved by a fingerprint of the whole database.</summary>
public sealed class EdgeCaseTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        { "identity", "delete", "INSERT INTO plain (note) VALUES ('x'), ('y')" },
        { "serial", "delete", "INSERT INTO oldstyle (note) VALUES ('x')" },
        { "rolled back insert", "clean", "BEGIN; INSERT INTO plain (note) VALUES ('x'); ROLLBACK" },
        { "standalone sequence", "clean", "SELECT nextval('standalone') FROM generate_series(1, 40)" },
        { "sequence used at baseline", "clean", "SELECT nextval('used_at_baseline')" },
        { "setval not called", "clean", "SELECT setval('standalone', 500, false)" },
        { "sequence altered", "clone", "ALTER SEQUENCE standalone RESTART 7" },
        { "seeded row updated", "delete", "UPDATE country SET name = 'x' WHERE code = 'c7'" },
        { "seeded row replaced", "delete", "DELETE FROM settings; INSERT INTO settings (key) VALUES ('z')" },
        { "seeded table truncated", "delete", "TRUNCATE settings" },
        { "seeded row locked only", "clean", "BEGIN; SELECT 1 FROM country WHERE code = 'c1' FOR UPDATE; COMMIT" },
        { "seeded rows vacuumed", "delete", "UPDATE country SET name = name WHERE code = 'c3'; VACUUM country" },
        { "seeded row referencing test rows", "delete", "INSERT INTO city (country) VALUES ('c1'); UPDATE default_city SET city = 1" },
        { "test row referencing seeded row", "delete", "INSERT INTO city (country) VALUES ('c2')" },
        { "seeded row deleted with cascade", "delete", "INSERT INTO city (country) VALUES ('c9'); DELETE FROM country WHERE code = 'c9'" },
        { "foreign key cycle", "delete", "BEGIN; INSERT INTO egg VALUES (1, 1); INSERT INTO hen VALUES (1, 1); COMMIT" },
        { "self reference", "delete", "INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2)" },
        { "partitions and keys to them", "delete", "INSERT INTO event (day) VALUES ('2025-05-05'), ('2030-01-01'); INSERT INTO event_note SELECT id, day, 'n' FROM event" },
        { "audit trigger", "delete", "INSERT INTO audited VALUES (1), (2); UPDATE audited SET id = 3 WHERE id = 1" },
        { "trigger that forbids deleting", "delete", "INSERT INTO ledger VALUES (1)" },
        { "rule that swallows deletes", "delete", "INSERT INTO guarded VALUES (1)" },
        { "odd names", "delete", """INSERT INTO "Odd ""Schema"."Select * from 'x'; --" ("from") VALUES ('x')""" },
        { "inheritance", "delete", "INSERT INTO animal VALUES (1); INSERT INTO dog VALUES (2, 'Rex')" },
        { "unlogged", "delete", "INSERT INTO scratch VALUES (1)" },
        { "forced row security", "delete", "INSERT INTO tenant VALUES (1, 'somebody else')" },
        { "refreshed view", "delete", "INSERT INTO plain (note) VALUES ('x'); REFRESH MATERIALIZED VIEW totals; REFRESH MATERIALIZED VIEW not_filled" },
        { "large object", "clean", "SELECT lo_from_bytea(0, 'abc')" },
        { "many rows", "truncate", "INSERT INTO wide SELECT i, repeat('x', 200) FROM generate_series(1, 20000) i; INSERT INTO wide_child VALUES (1, 1)" },
        { "new table", "clone", "CREATE TABLE made_by_test (id int); INSERT INTO made_by_test VALUES (1)" },
        { "new column", "clone", "ALTER TABLE plain ADD COLUMN extra int" },
        { "dropped table", "clone", "DROP TABLE tree" },
        { "temporary table", "clean", "CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1); DROP TABLE t" },
        { "trigger switched off", "clone", "ALTER TABLE audited DISABLE TRIGGER audit" },
        { "new function", "clone", "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'" },
        { "new index", "clone", "CREATE INDEX ON plain (note)" },
        { "prepared transaction", "clean", "BEGIN; INSERT INTO plain (note) VALUES ('x'); PREPARE TRANSACTION 'left'" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_change_is_undone_exactly(string name, string strategy, string sql)
    {
        await using var database = await TestDatabase.ReadyAsync(EdgeSchema.Sql);
        var before = await Fingerprint.OfAsync(database.Resource.ConnectionString);
        await RunAsync(database.Resource.ConnectionString, sql);

        await database.BeginAsync();

        Fingerprint.Difference(before, await Fingerprint.OfAsync(database.Resource.ConnectionString)).Should().BeEmpty(name);
        database.LastReset.Strategy.Should().Be(strategy, name);
        await RunAsync(database.Resource.ConnectionString, sql);
        await database.BeginAsync();
        Fingerprint.Difference(before, await Fingerprint.OfAsync(database.Resource.ConnectionString)).Should().BeEmpty($"{name}, a second time");
    }

    [Theory]
    [InlineData("SELECT count(*) FROM plain")]
    [InlineData("INSERT INTO plain (note) VALUES ('uncommitted')")]
    [InlineData("SELECT 1 FROM country WHERE code = 'c1' FOR UPDATE")]
    [InlineData("LOCK TABLE plain IN ACCESS EXCLUSIVE MODE")]
    public async Task A_transaction_left_open_is_ended_within_half_a_second(string sql)
    {
        await using var database = await TestDatabase.ReadyAsync(EdgeSchema.Sql);
        var before = await Fingerprint.OfAsync(database.Resource.ConnectionString);
        await using var leaked = new NpgsqlConnection(database.Resource.ConnectionString + ";Application Name=the culprit");
        await leaked.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await leaked.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await new NpgsqlCommand(sql, leaked).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await database.BeginAsync();

        database.LastReset.DurationUs.Should().BeLessThan(500_000);
        Fingerprint.Difference(before, await Fingerprint.OfAsync(database.Resource.ConnectionString)).Should().BeEmpty();
        database.Events<Observations.IssueObserved>().Single().Evidence!.Single().Should().Contain("the culprit").And.Contain(sql);
    }

    internal static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in sql.Split("; ", StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), Join))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Statements are sent one by one (VACUUM must be); a semicolon inside quotes is none.</summary>
    private static List<string> Join(List<string> statements, string part)
    {
        if (statements.Count > 0 && (statements[^1].Count(c => c == '"') % 2 != 0 || statements[^1].Count(c => c == '\'') % 2 != 0))
        {
            statements[^1] += "; " + part;
        }
        else
        {
            statements.Add(part);
        }

        return statements;
    }
}
