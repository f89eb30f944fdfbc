using IntegrationKit.PostgreSql.Tests.Support;
using Shop.Data;

namespace IntegrationKit.PostgreSql.Tests.Migrations;

public sealed class MigrationVerificationTests
{
    [Fact]
    public async Task The_migrations_of_the_shop_go_up_down_and_up_again()
    {
        await using var database = await TestDatabase.StartAsync(o => o.MigrateWith<ShopDbContext>());
        await database.BeginAsync();
        await database.Resource.ExecuteAsync("INSERT INTO products (sku, name, price_cents, stock) VALUES ('A1', 'Anvil', 500, 1)");

        await database.Resource.VerifyMigrationsAsync<ShopDbContext>();

        (await database.Resource.CountAsync("products")).Should().Be(1, "the test's own database is left alone");
        (await LeftAsync(database)).Should().Be(0, "the database of the check is dropped");
    }

    [Fact]
    public async Task A_down_that_leaves_things_behind_is_named_with_what_it_leaves()
    {
        await using var database = await TestDatabase.StartAsync(o => o.MigrateWith<ForgetfulContext>());
        await database.BeginAsync();

        var verify = () => database.Resource.VerifyMigrationsAsync<ForgetfulContext>();

        (await verify.Should().ThrowAsync<MigrationVerificationException>()).Which.Message.ReplaceLineEndings("\n").Should().Be(
            """
            The Down() of 20260102000000_Index does not take back what its Up() does (+ is too much, - is missing):
              + index CREATE INDEX ix_notes_text ON public.notes USING btree (text)
              - constraint public.notes.ck_notes_text CHECK ((length(text) > 0))
            """.ReplaceLineEndings("\n"));
        (await LeftAsync(database)).Should().Be(0);
    }

    [Fact]
    public async Task A_down_that_fails_is_named_with_the_error()
    {
        await using var database = await TestDatabase.StartAsync(o => o.MigrateWith<FailingContext>());
        await database.BeginAsync();

        var verify = () => database.Resource.VerifyMigrationsAsync<FailingContext>();

        (await verify.Should().ThrowAsync<MigrationVerificationException>())
            .WithMessage("The Down() of 20260101000000_Marks failed: 42P01: table \"mark\" does not exist*");
    }

    [Fact]
    public async Task A_model_that_is_ahead_of_its_migrations_is_told()
    {
        await using var database = await TestDatabase.StartAsync(o => o.MigrateFromFiles(TestDatabase.SqlText("CREATE TABLE plain (id int PRIMARY KEY)")));
        await database.BeginAsync();

        var verify = () => database.Resource.VerifyMigrationsAsync<AheadContext>();

        (await verify.Should().ThrowAsync<MigrationVerificationException>()).WithMessage(
            "The model of AheadContext has changes that no migration makes. Add one: dotnet ef migrations add <name>. The newest is 20260101000000_Pages.");
        await database.Resource.VerifyMigrationsAsync<AheadContext>(MigrationChecks.Up | MigrationChecks.Down);
    }

    [Fact]
    public async Task A_context_without_migrations_is_told()
    {
        await using var database = await TestDatabase.StartAsync(o => o.MigrateFromFiles(TestDatabase.SqlText("CREATE TABLE plain (id int PRIMARY KEY)")));
        await database.BeginAsync();

        var verify = () => database.Resource.VerifyMigrationsAsync<Templates.PlainContext>();

        (await verify.Should().ThrowAsync<MigrationVerificationException>()).WithMessage("PlainContext has no migrations*");
    }

    private static Task<long> LeftAsync(TestDatabase database) =>
        database.Resource.CountAsync("pg_database", "datname LIKE '%migrations%'");
}
