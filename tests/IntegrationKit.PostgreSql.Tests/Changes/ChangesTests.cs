using IntegrationKit.PostgreSql.Tests.Support;

namespace IntegrationKit.PostgreSql.Tests.Changes;

public sealed class ChangesTests
{
    private const string Schema = """
        CREATE TABLE orders (id int PRIMARY KEY, status text, total numeric);
        CREATE TABLE notes (text text);
        INSERT INTO orders VALUES (1, 'new', 10), (2, 'new', 20), (3, 'paid', 30);
        INSERT INTO notes VALUES ('same'), ('same');
        """;

    [Fact]
    public async Task Changes_are_told_row_by_row()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);

        var changes = await database.Resource.ChangesAsync(async () => await database.Resource.ExecuteAsync(
            "UPDATE orders SET status = 'paid' WHERE id = 1; DELETE FROM orders WHERE id = 2; INSERT INTO orders VALUES (4, NULL, 1.50); INSERT INTO notes VALUES ('same')"));

        changes["orders"].Inserted.Should().ContainSingle().Which["id"].Should().Be("4");
        changes["orders"].Deleted.Should().ContainSingle().Which["total"].Should().Be("20");
        changes["orders"].Updated.Should().ContainSingle().Which.After["status"].Should().Be("paid");
        changes["public.notes"].Inserted.Should().ContainSingle("a third equal row is one more row");
        changes.ToString().Should().Contain("~ id=1, total=10, status: new → paid").And.Contain("- id=2").And.Contain("+ id=4");
    }

    [Fact]
    public async Task An_action_that_changes_nothing_passes_and_another_one_fails_with_the_diff()
    {
        await using var database = await TestDatabase.ReadyAsync(Schema);
        await database.Resource.UnchangedAsync(() => database.Resource.CountAsync("orders"));
        await database.Resource.UnchangedAsync(() => database.Resource.ExecuteAsync("INSERT INTO notes VALUES ('x')"), "orders");

        var change = async () => await database.Resource.UnchangedAsync(() => database.Resource.ExecuteAsync("UPDATE orders SET total = 0 WHERE id = 3"));

        (await change.Should().ThrowAsync<DatabaseChangedException>()).WithMessage("*public.orders:*total: 30 → 0*");
    }
}
