using IntegrationKit.PostgreSql.Tests.Support;
using IntegrationKit.Scoping;

namespace IntegrationKit.PostgreSql.Tests;

public sealed class SqlInterpolationTests
{
    private const string Schema = "CREATE TABLE people (id int GENERATED ALWAYS AS IDENTITY, name text, born date); CREATE TABLE \"Odd\"\"table\" (x int)";

    [Fact]
    public async Task Holes_are_parameters_and_never_text()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        TestScope.Current = database.Test;
        var evil = "Robert'); DROP TABLE people; --";
        var name = "Ada";
        DateOnly? unknown = null;

        var affected = await database.Resource.ExecuteAsync($"INSERT INTO people (name, born) VALUES ({evil}, {unknown}), ({name}, {new DateOnly(1815, 12, 10)})");

        affected.Should().Be(2);
        (await database.Resource.ScalarAsync<string>($"SELECT name FROM people WHERE born IS NULL AND name = {evil}")).Should().Be(evil);
        (await database.Resource.CountAsync("people", $"name = {name}")).Should().Be(1);
        (await database.Resource.QueryAsync($"SELECT name FROM people WHERE id > {1}", row => row.GetString(0))).Should().Equal("Ada");
        (await database.Resource.QueryAsync($"SELECT name FROM people WHERE id = {2}")).Single()["name"].Should().Be("Ada");
        database.Resource.Statements.Should().BeEmpty("the test's own statements are not the application's");
        database.Events<Observations.SqlExecuted>()[0].Text.Should().Be("INSERT INTO people (name, born) VALUES ($1, $2), ($3, $4)");
    }

    [Fact]
    public async Task Names_are_quoted_and_raw_text_is_left()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        var (table, order) = ("public.Odd\"table", "x DESC");
        await database.Resource.ExecuteAsync($"INSERT INTO {table:name} VALUES ({1}), ({2})");

        (await database.Resource.QueryAsync($"SELECT x FROM {table:name} ORDER BY {order:raw}", row => row.GetInt32(0))).Should().Equal(2, 1);
    }

    [Fact]
    public async Task A_format_that_is_none_of_ours_is_refused()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        var name = "x";

        var query = async () => await database.Resource.ScalarAsync<int>($"SELECT {name:upper}");

        await query.Should().ThrowAsync<FormatException>().WithMessage("*'upper' is no format of SQL*");
    }

    [Fact]
    public async Task A_statement_without_holes_and_one_with_positional_parameters_go_on_working()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);

        (await database.Resource.ScalarAsync<int>("SELECT $1 + $2", 1, 2)).Should().Be(3);
        (await database.Resource.ScalarAsync<int>($"SELECT 4")).Should().Be(4);
    }
}
