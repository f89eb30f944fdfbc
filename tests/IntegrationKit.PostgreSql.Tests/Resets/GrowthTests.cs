using IntegrationKit.PostgreSql.Tests.Support;

namespace IntegrationKit.PostgreSql.Tests.Resets;

public sealed class GrowthTests
{
    [Fact]
    public async Task Tables_that_cannot_be_truncated_do_not_grow_by_the_rows_of_past_tests()
    {
        // The seeded table references the written one, so TRUNCATE would need both.
        await using var database = await TestDatabase.ReadyAsync(
            """
            CREATE TABLE written (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
            CREATE TABLE seeded (id int REFERENCES written); INSERT INTO seeded VALUES (NULL)
            """);
        for (var test = 0; test < 150; test++)
        {
            await database.Resource.ExecuteAsync("INSERT INTO written (note) SELECT 'n' FROM generate_series(1, 200)");
            await database.BeginAsync();
        }

        (await database.Resource.ScalarAsync<long>("SELECT pg_relation_size('written') / 8192")).Should().BeLessThan(40, "30,000 rows would fill more than 130 pages");
        database.LastReset.Reason.Should().BeNull();
        database.LastReset.Strategy.Should().Be("delete");
        database.LastReset.Tables.Should().ContainSingle();
    }
}
