using Npgsql;

namespace IntegrationKit.Templates;

/// <summary>
/// Copies a CSV file with a header line into the table it is named after. A leading number only orders the files:
/// <c>02_sales.orders.csv</c> fills <c>sales.orders</c>.
/// </summary>
internal static class CsvSeed
{
    public static async Task CopyAsync(NpgsqlDataSource source, string file, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file);
        var header = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new DatabaseSetupException($"{file} is empty; its first line must name the columns.");
        var columns = string.Join(", ", header.Split(',').Select(column => Sql.Identifiers.Quote(column.Trim().Trim('"'))));
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var writer = await connection
                .BeginTextImportAsync($"COPY {Table(file)} ({columns}) FROM STDIN (FORMAT csv)", cancellationToken).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                var buffer = new char[32 * 1024];
                for (int read; (read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    public static string Table(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var digits = name.TakeWhile(char.IsAsciiDigit).Count();
        if (digits > 0 && digits < name.Length && name[digits] is '_' or '-' or '.')
        {
            name = name[(digits + 1)..];
        }

        return string.Join('.', name.Split('.').Select(Sql.Identifiers.Quote));
    }
}
