using System.Globalization;
using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Resets;

/// <summary>
/// Random sequences of statements, valid or not, in and out of transactions: whatever remains of them is gone after the
/// reset. INTEGRATIONKIT_DEEP=1 runs the full number, otherwise a sample; the seed is in the failure.
/// </summary>
public sealed class RandomSequenceTests
{
    private static readonly bool Deep = Environment.GetEnvironmentVariable("INTEGRATIONKIT_DEEP") == "1";

    private static readonly string[] Statements =
    [
        "INSERT INTO plain (note) SELECT 'n' FROM generate_series(1, {0})", "INSERT INTO oldstyle (note) VALUES ('{0}')", "SELECT nextval('standalone')",
        "SELECT setval('used_at_baseline', {0} + 1)", "UPDATE country SET name = 'c{0}' WHERE code = 'c{0}'", "DELETE FROM settings WHERE id = {0}",
        "INSERT INTO settings (key) VALUES ('k{0}')", "INSERT INTO city (country) VALUES ('c{0}')", "UPDATE default_city SET city = (SELECT max(id) FROM city)",
        "INSERT INTO tree VALUES ({0}, NULL)", "INSERT INTO tree SELECT {0} + 100, max(id) FROM tree", "INSERT INTO event (day) VALUES ('2025-01-01'::date + {0} * 100)",
        "INSERT INTO audited VALUES ({0})", "DELETE FROM audited", "INSERT INTO ledger VALUES ({0})", "INSERT INTO guarded VALUES ({0})", "INSERT INTO dog VALUES ({0}, 'd')",
        "INSERT INTO scratch VALUES ({0})", "INSERT INTO tenant VALUES ({0}, 'x')", "REFRESH MATERIALIZED VIEW totals", "SELECT lo_from_bytea(0, 'x')", "TRUNCATE plain RESTART IDENTITY",
        "TRUNCATE settings CASCADE", "INSERT INTO wide SELECT i, repeat('x', 300) FROM generate_series(1, {0} * 50) i", "DELETE FROM country WHERE code = 'c{0}'", "SELECT 1 / ({0} - {0})",
        "ALTER TABLE plain ADD COLUMN extra{0} int", "CREATE TABLE extra{0} (id int)", "DROP TABLE IF EXISTS scratch CASCADE", "CREATE TEMP TABLE temp{0} (id int)",
    ];

    [Fact]
    public async Task Nothing_remains_of_any_sequence()
    {
        await using var database = await TestDatabase.ReadyAsync(EdgeSchema.Sql);
        var before = await Fingerprint.OfAsync(database.Resource.ConnectionString);
        for (var seed = 0; seed < (Deep ? 600 : 40); seed++)
        {
            var sequence = await RunAsync(database.Resource.ConnectionString, new Random(seed));

            await database.BeginAsync();

            Fingerprint.Difference(before, await Fingerprint.OfAsync(database.Resource.ConnectionString))
                .Should().BeEmpty($"seed {seed} ran {string.Join("; ", sequence)}");
        }
    }

    private static async Task<List<string>> RunAsync(string connectionString, Random random)
    {
        List<string> sequence = [];
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        for (var length = random.Next(1, 9); length > 0; length--)
        {
            var statement = random.Next(6) switch
            {
                0 => "BEGIN",
                1 => random.Next(2) == 0 ? "COMMIT" : "ROLLBACK",
                // Schema changes are rarer than they would be by chance: each costs a clone.
                _ => string.Format(CultureInfo.InvariantCulture, Statements[random.Next(Statements.Length - (random.Next(4) == 0 ? 0 : 4))], random.Next(1, 9)),
            };
            sequence.Add(statement);
            try
            {
                await using var command = new NpgsqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync();
            }
            catch (PostgresException)
            {
                // Failing statements are part of the game.
            }
        }

        return sequence;
    }
}
