using System.Diagnostics;
using System.Net.Sockets;

namespace Shop.IntegrationTests;

/// <summary>
/// Takes the container's place where there is no Docker: a fresh data directory, the settings Testcontainers gives its
/// PostgreSQL, no more. Starts faster than a container, so a comparison with it flatters nobody but the hand-wired suite.
/// </summary>
internal sealed class StandIn(string folder) : IAsyncDisposable
{
    private static readonly string Binaries = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";

    public static async Task<ShopServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("shop-server-").FullName;
        var port = FreePort();
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", folder);
        }

        await RunAsServerAsync("initdb", "-D", $"{folder}/data", "-U", "postgres", "-A", "trust");
        await RunAsServerAsync("pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o",
            $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c synchronous_commit=off", "start");
        return new ShopServer($"Host=127.0.0.1;Port={port};Username=postgres;Database=shop_tests", new StandIn(folder));
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsServerAsync("pg_ctl", "-D", $"{folder}/data", "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private static Task RunAsServerAsync(string program, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", $"{Binaries}/{program}", .. arguments])
        : RunAsync($"{Binaries}/{program}", arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "\"$@\" >/dev/null 2>&1", "sh", program, .. arguments]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
