using System.Linq.Expressions;
using IntegrationKit.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace IntegrationKit.PostgreSql.Tests.Templates;

public sealed class EfWarmUpTests
{
    [Fact]
    public void A_query_is_translated_without_a_server()
    {
        EfWarmUp.Run(typeof(WarmedContext));

        Translations.Seen.Should().ContainSingle().Which.Should().Contain("EntityQueryRootExpression].Take(");
    }

    [Fact]
    public void A_context_that_fails_harms_nobody()
    {
        FluentActions.Invoking(() => EfWarmUp.Run(typeof(FailingContext))).Should().NotThrow();

        FailingContext.Tried.Should().BeTrue();
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
    public static bool Tried { get; private set; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Tried = true;
        throw new InvalidOperationException("This model cannot be built.");
    }
}

internal sealed class Translations : IQueryExpressionInterceptor
{
    public static List<string> Seen { get; } = [];

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        Seen.Add(queryExpression.ToString());
        return queryExpression;
    }
}
