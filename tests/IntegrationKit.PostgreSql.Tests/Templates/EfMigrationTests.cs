using IntegrationKit.Journal;
using IntegrationKit.PostgreSql.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace IntegrationKit.PostgreSql.Tests.Templates;

public sealed class EfMigrationTests
{
    [Fact]
    public async Task Migrations_are_applied_once_and_their_history_survives_resets()
    {
        await using var database = await TestDatabase.StartAsync(o => o.MigrateWith<LibraryContext>());
        await database.BeginAsync();
        await database.Resource.ExecuteAsync("INSERT INTO books (title) VALUES ('Dune')");

        await database.BeginAsync();

        (await database.Resource.CountAsync("books")).Should().Be(0);
        (await database.Resource.ScalarAsync<string>("""SELECT "MigrationId" FROM "__EFMigrationsHistory" """)).Should().Be("20260101000000_Books");
        var reported = database.Events<DatabaseReported>().Single();
        reported.MigrationTool.Should().Be("Entity Framework Core");
        reported.Migrations.Should().Equal("20260101000000_Books");
        database.Events<TableDeclared>().Single(table => table.Name == "__EFMigrationsHistory").Role.Should().Be("infrastructure");
    }

    [Fact]
    public async Task A_context_without_migrations_gets_its_schema_created()
    {
        await using var database = await TestDatabase.StartAsync(o => o.MigrateWith<PlainContext>());
        await database.BeginAsync();

        (await database.Resource.CountAsync("""
            "Pages"
            """)).Should().Be(0);
    }

    [Fact]
    public async Task A_context_that_cannot_be_made_says_what_it_needs()
    {
        var start = async () => await TestDatabase.StartAsync(o => o.MigrateWith<ContextWithoutOptions>());

        (await start.Should().ThrowAsync<DatabaseSetupException>())
            .WithMessage("*needs a constructor ContextWithoutOptions(DbContextOptions<ContextWithoutOptions> options)*");
    }
}

internal sealed class LibraryContext(DbContextOptions<LibraryContext> options) : DbContext(options);

[DbContext(typeof(LibraryContext))]
[Migration("20260101000000_Books")]
internal sealed class BooksMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE books (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL)");
}

internal sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
{
    public DbSet<Page> Pages => Set<Page>();
}

internal sealed class Page
{
    public int Id { get; set; }
}

internal sealed class ContextWithoutOptions : DbContext;
