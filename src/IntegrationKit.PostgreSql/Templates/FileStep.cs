using System.Security.Cryptography;
using IntegrationKit.Resources;
using Npgsql;

namespace IntegrationKit.Templates;

/// <summary>A .sql or .csv file, or a folder of them in ordinal order of their names.</summary>
internal sealed class FileStep(string path, bool isSeed) : TemplateStep
{
    public override string Tool => "SQL files";

    public override string Fingerprint(FixtureContext context) => Fingerprint(path, Files(context));

    public static string Fingerprint(string name, IEnumerable<string> files) =>
        name + string.Concat(files.Select(file => $"\n{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    public override IReadOnlyList<string> Names(FixtureContext context) => [.. Files(context).Select(file => Path.GetFileName(file))];

    public override async Task ApplyAsync(TemplateContext context, CancellationToken cancellationToken)
    {
        foreach (var file in Files(context.Fixture))
        {
            try
            {
                await (file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                    ? CsvSeed.CopyAsync(context.DataSource, file, cancellationToken)
                    : ExecuteAsync(context.DataSource, file, cancellationToken)).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
            {
                throw new DatabaseSetupException($"{file} failed: {Sentence(exception)}", exception);
            }
        }
    }

    /// <summary>The files of a path given in options.</summary>
    public static IReadOnlyList<string> Find(FixtureContext context, string path, string what, params string[] endings)
    {
        var found = context.FindPath(path) ?? throw new DatabaseSetupException(
            $"{what} '{path}' was not found in {context.BaseDirectory}{(context.ProjectDirectory is { } project ? $" or {project}" : "")}. "
            + "Is it copied to the output folder?");
        if (File.Exists(found))
        {
            return [found];
        }

        var files = Directory.EnumerateFiles(found)
            .Where(file => endings.Length == 0 || endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .OrderBy(file => Path.GetFileName(file), StringComparer.Ordinal)
            .ToArray();
        return files.Length > 0 ? files : throw new DatabaseSetupException($"{what} '{found}' holds no {string.Join(" or ", endings)} file.");
    }

    private IReadOnlyList<string> Files(FixtureContext context) =>
        isSeed ? Find(context, path, "Seed", ".sql", ".csv") : Find(context, path, "Migration folder", ".sql");

    private static async Task ExecuteAsync(NpgsqlDataSource source, string file, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Sentence(NpgsqlException exception) =>
        exception is PostgresException postgres ? $"{postgres.SqlState}: {postgres.MessageText}" : exception.Message;
}
