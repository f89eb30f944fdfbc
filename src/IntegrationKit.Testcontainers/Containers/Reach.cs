using System.Net.NetworkInformation;
using DotNet.Testcontainers.Configurations;

namespace IntegrationKit.Containers;

/// <summary>Where the ports of containers are published and how they are reached: loopback wherever that is possible.</summary>
// Binding: Address on which the engine publishes; empty for all, which a remote engine needs.
// Host: Name under which this process reaches it.
internal sealed record Reach(string Binding, string Host)
{
    private const string Loopback = "127.0.0.1";

    private static readonly TimeSpan Polling = TimeSpan.FromMilliseconds(100);

    public static async Task<Reach> OfAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        var reach = await FindAsync(engine, cancellationToken).ConfigureAwait(false);
        // Testcontainers takes the network's gateway in anything that looks like a container, and asks once a second.
        TestcontainersSettings.DockerHostOverride ??= reach.Host;
        TestcontainersSettings.WaitStrategyInterval ??= Polling;
        return reach with { Host = TestcontainersSettings.DockerHostOverride };
    }

    private static async Task<Reach> FindAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        if (engine.Endpoint.Scheme is "tcp" or "http")
        {
            return engine.Endpoint.IsLoopback ? new Reach(Loopback, Loopback) : new Reach("", engine.Endpoint.Host);
        }

        if (!File.Exists("/.dockerenv") && !File.Exists("/run/.containerenv"))
        {
            return new Reach(Loopback, Loopback);
        }

        // In a container beside the engine's, loopback is another one; the network's gateway is seen by both.
        var gateway = await engine.GatewayAsync(cancellationToken).ConfigureAwait(false);
        return gateway is null || OwnAddresses().Contains(gateway, StringComparer.Ordinal) ? new Reach(Loopback, Loopback) : new Reach(gateway, gateway);
    }

    private static IEnumerable<string> OwnAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(address => address.Address.ToString());
}
