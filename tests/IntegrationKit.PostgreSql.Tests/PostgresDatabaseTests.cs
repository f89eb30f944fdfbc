using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.PostgreSql.Tests.Support;

namespace IntegrationKit.PostgreSql.Tests;

public sealed class PostgresDatabaseTests
{
    private const string Schema = """
        CREATE TABLE customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int NOT NULL REFERENCES customers, total numeric CHECK (total >= 0));
        CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL);
        INSERT INTO countries VALUES ('de', 'Germany'), ('fr', 'France');
        """;

    [Fact]
    public async Task Rows_of_a_test_are_gone_in_the_next_one()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.ExecuteAsync("INSERT INTO customers (name) VALUES ($1)", "Ada");
        await database.Resource.ExecuteAsync("INSERT INTO orders (customer, total) VALUES (1, 10)");

        await database.BeginAsync();

        (await database.Resource.CountAsync("customers")).Should().Be(0);
        (await database.Resource.CountAsync("orders")).Should().Be(0);
        (await database.Resource.ScalarAsync<int>("INSERT INTO customers (name) VALUES ('Bob') RETURNING id")).Should().Be(1);
        database.LastReset.Strategy.Should().Be("delete");
        database.LastReset.Tables!.Select(table => table.Name).Should().BeEquivalentTo("public.customers", "public.orders");
    }

    [Fact]
    public async Task A_changed_seeded_row_is_restored()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.ExecuteAsync("UPDATE countries SET name = 'Allemagne' WHERE code = 'de'");

        await database.BeginAsync();

        (await database.Resource.ScalarAsync<string>("SELECT name FROM countries WHERE code = 'de'")).Should().Be("Germany");
        await database.BeginAsync();
        database.LastReset.Strategy.Should().Be("clean", "a restored table counts as unchanged");
    }

    [Fact]
    public async Task A_changed_schema_leads_to_a_new_clone_under_the_same_connection_string()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        var before = database.Resource.ConnectionString;
        await database.Resource.ExecuteAsync("ALTER TABLE orders ADD COLUMN note text");

        await database.BeginAsync();

        database.LastReset.Strategy.Should().Be("clone");
        database.Resource.ConnectionString.Should().Be(before);
        var read = async () => await database.Resource.ScalarAsync<string>("SELECT note FROM orders");
        (await read.Should().ThrowAsync<Npgsql.PostgresException>()).Which.SqlState.Should().Be("42703");
    }

    [Fact]
    public async Task Two_lanes_do_not_see_each_other()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.ExecuteAsync("INSERT INTO customers (name) VALUES ('Ada')");

        await database.BeginAsync(newLane: true);

        (await database.Resource.CountAsync("customers")).Should().Be(0);
    }

    [Fact]
    public async Task The_report_learns_the_tables_the_constraints_and_the_server()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);

        database.Events<TableDeclared>().Select(table => (table.Name, table.Role))
            .Should().BeEquivalentTo(new[] { ("countries", "seeded"), ("customers", null), ("orders", (string?)null) });
        database.Events<ConstraintDeclared>().Select(constraint => constraint.Kind).Should().Contain("foreign_key").And.Contain("check");
        database.Events<ResourceReported>().Should().Contain(resource => resource.State == "ready" && resource.Version!.Length > 0);
        database.Events<DatabaseReported>().Single().MigrationTool.Should().Be("SQL files");
    }

    [Fact]
    public async Task A_leaked_transaction_is_ended_and_its_culprit_named()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        var connection = await database.Resource.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var insert = new Npgsql.NpgsqlCommand("INSERT INTO customers (name) VALUES ('left open')", connection);
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await database.BeginAsync();

        (await database.Resource.CountAsync("customers")).Should().Be(0);
        database.LastReset.DurationUs.Should().BeLessThan(500_000);
        database.Events<Observations.IssueObserved>().Single().Evidence!.Single().Should().Contain("left open");
    }

    [Fact]
    public async Task What_the_last_test_of_a_lane_changed_is_known_too()
    {
        var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.ExecuteAsync("INSERT INTO customers (name) VALUES ('Ada')");

        await database.DisposeAsync();

        database.LastReset.Test.Should().Be(database.Test.Execution);
        database.LastReset.Tables!.Select(table => table.Name).Should().Equal("public.customers");
    }

    [Fact]
    public async Task Opening_a_connection_is_no_statement()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);

        await database.Resource.CountAsync("customers");

        database.Events<SqlExecuted>().Should().ContainSingle().Which.Text.Should().Contain("count(*)");
    }

    [Fact]
    public async Task A_unique_index_is_a_constraint_and_a_primary_key_is_its_own_kind()
    {
        await using var database = await TestDatabase.ReadyAsync(
            "CREATE TABLE people (id int PRIMARY KEY, mail text); CREATE UNIQUE INDEX ux_people_mail ON people (lower(mail));");

        database.Events<ConstraintDeclared>().Select(constraint => (constraint.Name, constraint.Kind))
            .Should().BeEquivalentTo(new[] { ("people_pkey", "primary_key"), ("ux_people_mail", "unique") });
    }
}
