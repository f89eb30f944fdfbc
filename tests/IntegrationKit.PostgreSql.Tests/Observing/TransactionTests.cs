using System.Diagnostics;
using IntegrationKit.Observations;
using IntegrationKit.PostgreSql.Tests.Support;
using IntegrationKit.Scoping;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Observing;

public sealed class TransactionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commits_and_rollbacks_are_told_apart_and_belong_to_their_test()
    {
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)");
        TestScope.Current = database.Test;
        await using var connection = await database.Resource.OpenAsync(Cancelled);

        await EndEachWayAsync(connection);

        database.Events<TransactionEnded>().Select(ended => (ended.Outcome, ended.Test, ended.Origin)).Should().Equal(
            ("committed", database.Test.Execution, Origin.Test),
            ("rolled_back", database.Test.Execution, Origin.Test),
            ("rolled_back", database.Test.Execution, Origin.Test));
    }

    [Fact]
    public async Task A_connection_made_from_a_connection_string_is_heard()
    {
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)");
        using var request = Request(database.Test);
        await using var connection = new NpgsqlConnection(database.Resource.ConnectionString);
        await connection.OpenAsync(Cancelled);

        await EndEachWayAsync(connection);

        Outcomes(database).Should().Equal("committed", "rolled_back", "rolled_back");
    }

    [Theory]
    [InlineData(Door.ConnectionString)]
    [InlineData(Door.LoggingDataSource)]
    [InlineData(Door.SilentDataSource)]
    [InlineData(Door.ConfiguredConnectionString)]
    public async Task Each_transaction_of_Entity_Framework_is_seen_once(Door door)
    {
        await using var database = await TestDatabase.ReadyAsync(NotesContext.Schema);
        using var request = Request(database.Test);
        await using var context = NotesContext.Through(door, database.Resource.ConnectionString);

        context.AddRange(new Note { Text = "a" }, new Note { Text = "b" });
        await context.SaveChangesAsync(Cancelled);
        await using (var committed = await context.Database.BeginTransactionAsync(Cancelled))
        {
            context.Add(new Note { Text = "c" });
            await context.SaveChangesAsync(Cancelled);
            await committed.CommitAsync(Cancelled);
        }

        await using (var undone = await context.Database.BeginTransactionAsync(Cancelled))
        {
            await context.Notes.ExecuteDeleteAsync(Cancelled);
            await undone.RollbackAsync(Cancelled);
        }

        Outcomes(database).Should().Equal("committed", "committed", "rolled_back");
        (await context.Notes.CountAsync(Cancelled)).Should().Be(3);
    }

    [Theory]
    [InlineData(Door.ConnectionString)]
    [InlineData(Door.LoggingDataSource)]
    [InlineData(Door.SilentDataSource)]
    public async Task A_transaction_that_ends_without_a_word_is_rolled_back_once(Door door)
    {
        await using var database = await TestDatabase.ReadyAsync(NotesContext.Schema);
        using var request = Request(database.Test);
        await using var context = NotesContext.Through(door, database.Resource.ConnectionString);

        await using (await context.Database.BeginTransactionAsync(Cancelled))
        {
            await context.Notes.CountAsync(Cancelled);
        }

        context.AddRange(new Note { Text = "twice" }, new Note { Text = "twice" });
        await context.Invoking(notes => notes.SaveChangesAsync(Cancelled)).Should().ThrowAsync<Exception>();

        Outcomes(database).Should().Equal("rolled_back", "rolled_back");
    }

    [Theory]
    [InlineData(Door.ConnectionString)]
    [InlineData(Door.SilentDataSource)]
    public async Task A_transaction_that_the_reset_ended_is_leaked_and_nothing_else(Door door)
    {
        await using var database = await TestDatabase.ReadyAsync(NotesContext.Schema);
        using (var request = Request(database.Test))
        {
            await using var context = NotesContext.Through(door, database.Resource.ConnectionString);
            await context.Database.BeginTransactionAsync(Cancelled);
            await context.Notes.ExecuteDeleteAsync(Cancelled);

            await database.BeginAsync();
        }

        database.Events<TransactionEnded>().Should().ContainSingle().Which.Outcome.Should().Be("leaked");
    }

    [Theory]
    [InlineData(Door.ConnectionString)]
    [InlineData(Door.SilentDataSource)]
    public async Task Transactions_side_by_side_belong_to_the_requests_that_made_them(Door door)
    {
        await using var database = await TestDatabase.ReadyAsync(NotesContext.Schema);
        var tests = Enumerable.Range(1, 4).Select(number => (Scope: new TestScope($"{Guid.NewGuid():N}", "one of four"), Commits: number)).ToList();

        await Task.WhenAll(tests.Select(test => Task.Run(async () =>
        {
            using var request = Request(test.Scope);
            await using var context = NotesContext.Through(door, database.Resource.ConnectionString);
            for (var commit = 0; commit < test.Commits; commit++)
            {
                await using var transaction = await context.Database.BeginTransactionAsync(Cancelled);
                await context.Notes.CountAsync(Cancelled);
                await transaction.CommitAsync(Cancelled);
            }
        })));

        var ended = database.Events<TransactionEnded>();
        ended.GroupBy(one => one.Test).Select(mine => (mine.Key, mine.Count())).Should().BeEquivalentTo(tests.Select(test => (test.Scope.Execution, test.Commits)));
        ended.Should().OnlyContain(one => one.Outcome == "committed" && one.Via == Via.Trace && one.Origin == Origin.Application);
    }

    /// <summary>What the application's server runs around its code when a client of the test calls it.</summary>
    private static Activity Request(TestScope test)
    {
        TestScope.Current = null;
        return new Activity("request").SetParentId(test.TraceId, ActivitySpanId.CreateRandom()).Start();
    }

    private static IEnumerable<string> Outcomes(TestDatabase database)
    {
        var ended = database.Events<TransactionEnded>();
        ended.Select(one => (one.Test, one.Origin, one.Lane)).Distinct().Should().Equal((database.Test.Execution, Origin.Application, database.Lane.Index));
        return ended.Select(one => one.Outcome);
    }

    private static async Task EndEachWayAsync(NpgsqlConnection connection)
    {
        await using (var committed = await connection.BeginTransactionAsync(Cancelled))
        {
            await committed.CommitAsync(Cancelled);
        }

        await using (var undone = await connection.BeginTransactionAsync(Cancelled))
        {
            await undone.RollbackAsync(Cancelled);
        }

        await using (await connection.BeginTransactionAsync(Cancelled))
        {
            // Nothing said is a rollback.
        }
    }
}
