using IntegrationKit.Sql;

namespace IntegrationKit.PostgreSql.Tests.Sql;

/// <summary>Lower case reads, upper case writes: <c>orders</c> is read, <c>ORDERS</c> is written.</summary>
public sealed class TableUsageTests
{
    [Theory]
    [InlineData("SELECT * FROM orders", "orders")]
    [InlineData("select o.id from sales.orders o, lines as l where o.id = l.id", "sales.orders lines")]
    [InlineData("SELECT 1", "")]
    [InlineData("SELECT * FROM a JOIN b ON a.id = b.id LEFT JOIN LATERAL (SELECT * FROM c) x ON true", "a b c")]
    [InlineData("INSERT INTO orders (id) SELECT id FROM drafts", "ORDERS drafts")]
    [InlineData("UPDATE orders SET total = s.t FROM sums s WHERE s.id = orders.id", "ORDERS sums")]
    [InlineData("DELETE FROM orders USING customers c WHERE c.id = orders.customer", "ORDERS customers")]
    [InlineData("WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO archive SELECT * FROM gone", "ORDERS ARCHIVE")]
    [InlineData("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t JOIN tree ON true) SELECT * FROM t", "tree")]
    [InlineData("MERGE INTO stock s USING deliveries d ON s.id = d.id WHEN MATCHED THEN UPDATE SET n = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)", "STOCK deliveries")]
    [InlineData("TRUNCATE TABLE ONLY a, b CASCADE", "A B")]
    [InlineData("COPY orders (id) FROM STDIN (FORMAT csv)", "ORDERS")]
    [InlineData("COPY orders TO STDOUT", "orders")]
    [InlineData("REFRESH MATERIALIZED VIEW CONCURRENTLY totals", "TOTALS")]
    [InlineData("SELECT * FROM \"Select\" WHERE \"from\" = 'from nowhere'", "Select")]
    [InlineData("SELECT 'it''s from a' FROM b -- from c\nWHERE /* from /* nested */ d */ true", "b")]
    [InlineData("SELECT E'\\' from a', $$ from b $$, $x$ from c $x$ FROM d", "d")]
    [InlineData("SELECT extract(year FROM created), trim(both from x), a IS DISTINCT FROM b FROM orders", "orders")]
    [InlineData("SELECT * FROM generate_series(1, 3) g, orders", "orders")]
    [InlineData("SELECT id FROM orders FOR UPDATE SKIP LOCKED", "orders")]
    [InlineData("INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET n = 2", "T")]
    [InlineData("INSERT INTO a VALUES (1); SELECT * FROM b; DELETE FROM c", "A b C")]
    [InlineData("SELECT * FROM a WHERE id IN (SELECT a_id FROM b WHERE EXISTS (SELECT FROM c))", "a b c")]
    [InlineData("TABLE orders", "orders")]
    [InlineData("BEGIN", "")]
    [InlineData("SELECT 'unfinished", "")]
    [InlineData("SELECT * FROM", "")]
    [InlineData("((((", "")]
    [InlineData("", "")]
    public void Tables_are_found_with_what_is_done_to_them(string sql, string expected)
    {
        var found = TableUsage.Of(sql).Select(table => (table.Schema is null ? "" : table.Schema + ".") + (table.Write ? table.Name.ToUpperInvariant() : table.Name));

        string.Join(' ', found).Should().Be(expected);
    }

    [Fact]
    public void No_text_makes_it_throw_or_hang()
    {
        string[] parts = ["select", "from", "\"", "'", "$$", "$a$", "(", ")", ",", ".", ";", "with", "as", "delete", "using", "--", "/*", "*/", "\n", " x ", "E'", "\\", "copy", "into", "insert", "\u00e9"];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));

            var read = () => TableUsage.Of(text);

            read.Should().NotThrow(text);
        }
    }
}
