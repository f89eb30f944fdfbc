using FluentAssertions;
using FluentAssertions.Execution;
using FluentAssertions.Primitives;

namespace IntegrationKit;

/// <summary>Assertions about the content of the test's database; a failure shows the rows there are.</summary>
public sealed class PostgresDatabaseAssertions : ReferenceTypeAssertions<PostgresDatabase, PostgresDatabaseAssertions>
{
    private const int RowsShown = 10;

    internal PostgresDatabaseAssertions(PostgresDatabase subject)
        : base(subject)
    {
    }

    /// <inheritdoc/>
    protected override string Identifier => "database";

    /// <summary>The table is empty, or has no row that meets the condition.</summary>
    /// <param name="table">For example <c>orders</c>.</param>
    /// <param name="where">For example <c>status = $1</c>.</param>
    /// <param name="parameters">Values for the condition.</param>
    public Task<AndConstraint<PostgresDatabaseAssertions>> HaveNoRowsAsync(string table, string? where = null, params object?[] parameters) =>
        HaveRowsAsync(0, table, where, parameters);

    /// <summary>The table has exactly this many rows (that meet the condition).</summary>
    public async Task<AndConstraint<PostgresDatabaseAssertions>> HaveRowsAsync(int count, string table, string? where = null, params object?[] parameters)
    {
        var actual = await Subject.CountAsync(table, where, parameters).ConfigureAwait(false);
        if (actual != count)
        {
            Execute.Assertion.FailWith(
                "Expected {0} to have {1} in {2}, but there {3}", Plain.Of(Subject.Name), Plain.Of(count == 1 ? "1 row" : $"{count} rows"),
                Plain.Of($"{table}{(where is null ? "" : $" where {where}")}"),
                Plain.Of($"{(actual == 1 ? "is 1" : $"are {actual}")}{await RowsAsync(table, where, parameters).ConfigureAwait(false)}"));
        }

        return new AndConstraint<PostgresDatabaseAssertions>(this);
    }

    /// <summary>The table has at least one row with these values: <c>HaveRowAsync("orders", new { status = "paid" })</c>.</summary>
    /// <param name="table">For example <c>orders</c>.</param>
    /// <param name="values">Column names and values; null is SQL NULL.</param>
    public async Task<AndConstraint<PostgresDatabaseAssertions>> HaveRowAsync(string table, object values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var columns = values.GetType().GetProperties().Select((property, index) => (property.Name, Index: index + 1, Value: property.GetValue(values))).ToList();
        var where = string.Join(" AND ", columns.Select(column => $"{column.Name} IS NOT DISTINCT FROM ${column.Index}"));
        var parameters = columns.Select(column => column.Value).ToArray();
        if (await Subject.CountAsync(table, where, parameters).ConfigureAwait(false) == 0)
        {
            Execute.Assertion.FailWith(
                "Expected {0} to have a row in {1} with {2}, but there is none{3}", Plain.Of(Subject.Name), Plain.Of(table),
                Plain.Of(string.Join(", ", columns.Select(column => $"{column.Name} = {column.Value ?? "null"}"))), Plain.Of(await RowsAsync(table, null, []).ConfigureAwait(false)));
        }

        return new AndConstraint<PostgresDatabaseAssertions>(this);
    }

    /// <summary>The migrations of a DbContext hold, as <see cref="PostgresDatabase.VerifyMigrationsAsync{TDbContext}"/> checks them.</summary>
    public async Task<AndConstraint<PostgresDatabaseAssertions>> HaveSoundMigrationsAsync<TDbContext>(MigrationChecks checks = MigrationChecks.All)
        where TDbContext : class
    {
        try
        {
            await Subject.VerifyMigrationsAsync<TDbContext>(checks).ConfigureAwait(false);
        }
        catch (MigrationVerificationException exception)
        {
            Execute.Assertion.FailWith("{0}", Plain.Of(exception.Message));
        }

        return new AndConstraint<PostgresDatabaseAssertions>(this);
    }

    private async Task<string> RowsAsync(string table, string? where, object?[] parameters)
    {
        var rows = await Subject.QueryAsync($"SELECT * FROM {table}{(where is null ? "" : $" WHERE {where}")} LIMIT {RowsShown}", parameters).ConfigureAwait(false);
        return rows.Count == 0 ? "." : ":\n" + string.Join('\n', rows.Select(row =>
            "  " + string.Join(", ", row.Select(column => $"{column.Key} = {column.Value ?? "null"}"))));
    }
}
