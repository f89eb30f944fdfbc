using System.Linq.Expressions;
using IntegrationKit.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace IntegrationKit.PostgreSql.Tests.Templates;

public sealed class EfWarmUpTests
{
    [Fact]
    public async Task A_query_is_translated_without_a_server()
    {
        EfWarmUp.Begin(typeof(WarmedContext));

        var query = await Translations.Seen.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        query.Should().Contain("EntityQueryRootExpression].Take(");
    }

    [Fact]
    public async Task A_context_that_fails_harms_nobody()
    {
        EfWarmUp.Begin(typeof(FailingContext));

        await FailingContext.Tried.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Environment.ProcessorCount.Should().BePositive("an exception on a thread of the pool would have ended the process");
    }
}

internal sealed record Leaf(int Id);

internal sealed class WarmedContext(DbContextOptions<WarmedContext> options) : DbContext(options)
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.AddInterceptors(new Translations());

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Leaf>();
}

internal sealed class FailingContext(DbContextOptions<FailingContext> options) : DbContext(options)
{
    public static TaskCompletionSource Tried { get; } = new();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Tried.TrySetResult();
        throw new InvalidOperationException("This model cannot be built.");
    }
}

internal sealed class Translations : IQueryExpressionInterceptor
{
    public static TaskCompletionSource<string> Seen { get; } = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        Seen.TrySetResult(queryExpression.ToString());
        return queryExpression;
    }
}
