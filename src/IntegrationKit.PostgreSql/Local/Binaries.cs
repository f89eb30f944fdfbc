using System.Text.RegularExpressions;

namespace IntegrationKit.Local;

/// <summary>A folder with the programs of one PostgreSQL version.</summary>
internal sealed partial record Binaries(string Folder, string Version)
{
    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>Packaged prebuilt programs bring their libraries beside them.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        Path.Combine(Folder, "..", "lib") is var lib && File.Exists(Path.Combine(lib, "libpq.so.5"))
            ? new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = Path.GetFullPath(lib) }
            : new Dictionary<string, string>();

    public static async Task<Binaries?> InspectAsync(string folder, CancellationToken cancellationToken)
    {
        var candidate = new Binaries(folder, "");
        if (!File.Exists(candidate.Postgres) || !File.Exists(candidate.InitDb))
        {
            return null;
        }

        PackagedLinks.Ensure(folder);
        var answer = await Command.RunAsync(candidate.Postgres, ["--version"], candidate.Environment, cancellationToken).ConfigureAwait(false);
        return answer.ExitCode == 0 && VersionNumber().Match(answer.Output) is { Success: true } match
            ? candidate with { Version = match.Value }
            : null;
    }

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionNumber();
}
