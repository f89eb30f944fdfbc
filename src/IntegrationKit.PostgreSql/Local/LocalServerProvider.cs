using System.Globalization;
using IntegrationKit.Servers;

namespace IntegrationKit.Local;

/// <summary>
/// A throw-away server from PostgreSQL programs of this machine: unprivileged, on a Unix socket in a private folder in
/// memory, gone with the process.
/// </summary>
internal sealed record LocalServerProvider(string? Folder) : IServerProvider
{
    private BinariesSearch? search;
    private Unprivileged? unprivileged;

    public string Name => "local_process";

    public async Task<ServerProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return new ServerProbe(false, "local PostgreSQL programs are supported on Linux and macOS only");
        }

        var searching = search is null ? BinariesSearch.RunAsync(Folder, cancellationToken) : Task.FromResult(search);
        unprivileged ??= await Unprivileged.FindAsync(cancellationToken).ConfigureAwait(false);
        search = await searching.ConfigureAwait(false);
        if (search.Found is null)
        {
            return new ServerProbe(false, "no PostgreSQL programs found; looked at " + string.Join(", ", search.Looked));
        }

        return unprivileged.Problem is { } problem
            ? new ServerProbe(false, problem)
            : new ServerProbe(true, string.Create(
                CultureInfo.InvariantCulture, $"PostgreSQL {search.Found.Version} found in {search.Found.Folder}"));
    }

    public Task<PostgresServer> StartAsync(ServerNeeds needs, CancellationToken cancellationToken) =>
        new LocalServerStart(search!.Found!, unprivileged!, needs).RunAsync(cancellationToken);

    public bool Equals(LocalServerProvider? other) => other is not null && other.Folder == Folder;

    public override int GetHashCode() => Folder?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
