using IntegrationKit.Observations;
using IntegrationKit.PostgreSql.Tests.Support;

namespace IntegrationKit.PostgreSql.Tests.Observing;

public sealed class TransactionTests
{
    [Fact]
    public async Task Commits_and_rollbacks_are_told_apart_and_belong_to_their_test()
    {
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)");
        Scoping.TestScope.Current = database.Test;
        await using var connection = await database.Resource.OpenAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        var ended = database.Events<TransactionEnded>();
        ended.Select(transaction => transaction.Outcome).Should().Equal("committed", "rolled_back");
        ended.Should().OnlyContain(transaction => transaction.Test == database.Test.Execution);
    }
}
