using Npgsql;

namespace Shop.IntegrationTests;

public sealed class SqlDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);

    public ValueTask<NpgsqlConnection> OpenAsync() => source.OpenConnectionAsync();

    public async Task<int> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public Task<long> CountAsync(string table, string? where = null, params object[] parameters) =>
        ScalarAsync<long>($"select count(*) from {table}{(where is null ? "" : $" where {where}")}", parameters);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
