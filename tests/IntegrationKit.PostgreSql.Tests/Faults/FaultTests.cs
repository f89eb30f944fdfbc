using System.Diagnostics;
using IntegrationKit.PostgreSql.Tests.Support;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Faults;

public sealed class FaultTests
{
    private const string Schema = "CREATE TABLE orders (id int PRIMARY KEY, status text)";

    [Theory]
    [FaultMatrix("shop", DatabaseFault.SerializationFailure, DatabaseFault.Deadlock, DatabaseFault.StatementTimeout, DatabaseFault.ReadOnly)]
    public async Task A_failing_statement_dooms_its_transaction_and_nothing_is_written(DatabaseFault fault)
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.ConnectionString("Db").AllowFaults());
        await using var app = NpgsqlDataSource.Create(database.Lane.Settings["Db"]!);
        await using var connection = await app.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await ExecuteAsync(connection, "INSERT INTO orders VALUES (1, 'new')");
            database.Resource.Inject(fault, statements: 1);

            var write = async () => await ExecuteAsync(connection, "INSERT INTO orders VALUES (2, 'new')");

            (await write.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(State(fault));
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        (await database.Resource.CountAsync("orders")).Should().Be(0);
        await ExecuteAsync(connection, "INSERT INTO orders VALUES (3, 'retried')");
        (await database.Resource.CountAsync("orders")).Should().Be(1);
    }

    [Theory]
    [FaultMatrix("shop", DatabaseFault.DiskFull, DatabaseFault.TooManyConnections, DatabaseFault.Terminated)]
    public async Task Npgsql_drops_the_connection_on_a_grave_error_and_a_new_one_works(DatabaseFault fault)
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.ConnectionString("Db").AllowFaults());
        await using var app = NpgsqlDataSource.Create(database.Lane.Settings["Db"]!);
        await QueryAsync(app);
        database.Resource.Inject(fault, statements: 1);

        var query = async () => await QueryAsync(app);

        (await query.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(State(fault));
        await query.Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_refused_database_heals()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.ConnectionString("Db").AllowFaults());
        await using var app = NpgsqlDataSource.Create(database.Lane.Settings["Db"]!);
        await QueryAsync(app);
        database.Resource.Inject(DatabaseFault.Refused);

        var query = async () => await QueryAsync(app);

        await query.Should().ThrowAsync<NpgsqlException>();
        await query.Should().ThrowAsync<NpgsqlException>("new connections are refused too");
        database.Resource.Heal();
        await query.Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_cut_connection_breaks_the_statement_and_the_next_one_works()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.ConnectionString("Db").AllowFaults());
        await using var app = NpgsqlDataSource.Create(database.Lane.Settings["Db"]!);
        await using (var connection = await app.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            var running = ExecuteAsync(connection, "SELECT pg_sleep(20)");
            (await database.Resource.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND datname = current_database()")).Should().BePositive();
            database.Resource.Inject(DatabaseFault.Reset);
            var wait = async () => await running;
            await wait.Should().ThrowAsync<NpgsqlException>();
        }

        await QueryAsync(app);
    }

    [Fact]
    public async Task A_silent_server_runs_into_the_clients_timeout_and_slowness_only_costs_time()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.ConnectionString("Db").AllowFaults());
        await using var app = NpgsqlDataSource.Create(database.Lane.Settings["Db"] + ";Command Timeout=1;Cancellation Timeout=-1");
        await QueryAsync(app);
        database.Resource.SlowDown(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.GetTimestamp();
        await QueryAsync(app);
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromMilliseconds(45));
        database.Resource.Heal();
        database.Resource.Inject(DatabaseFault.Silent);

        var query = async () => await QueryAsync(app);

        (await query.Should().ThrowAsync<NpgsqlException>()).Which.InnerException.Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task Faults_end_with_the_test()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema, o => o.ConnectionString("Db").AllowFaults());
        await using var app = NpgsqlDataSource.Create(database.Lane.Settings["Db"]!);
        database.Resource.Inject(DatabaseFault.Refused);

        await database.BeginAsync();

        await QueryAsync(app);
    }

    [Fact]
    public async Task Without_permission_the_error_says_how_to_get_it()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);

        var inject = () => database.Resource.Inject(DatabaseFault.Refused);

        inject.Should().Throw<InvalidOperationException>().WithMessage("*AllowFaults()*");
    }

    private static string State(DatabaseFault fault) => fault switch
    {
        DatabaseFault.SerializationFailure => "40001",
        DatabaseFault.Deadlock => "40P01",
        DatabaseFault.StatementTimeout => "57014",
        DatabaseFault.DiskFull => "53100",
        DatabaseFault.TooManyConnections => "53300",
        DatabaseFault.Terminated => "57P01",
        _ => "25006",
    };

    private static async Task QueryAsync(NpgsqlDataSource app)
    {
        await using var command = app.CreateCommand("SELECT count(*) FROM orders");
        await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
