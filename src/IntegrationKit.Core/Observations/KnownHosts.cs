using System.Collections.Concurrent;
using System.Globalization;

namespace IntegrationKit.Observations;

/// <summary>
/// Which integration point answers at a host and port of this process's run. Mocks and servers register where they listen,
/// so that an outgoing call is named after the point and not after a port. Thread-safe.
/// </summary>
internal static class KnownHosts
{
    /// <summary>Registered for servers that are no integration point: the application under test, the identity provider.</summary>
    public const string Kit = "kit";

    private static readonly ConcurrentDictionary<string, string> Points = new(StringComparer.OrdinalIgnoreCase);

    public static void Register(string host, int port, string point) => Points[Key(host, port)] = point;

    public static void Remove(string host, int port) => Points.TryRemove(Key(host, port), out _);

    /// <summary>The point id, or null for a host nobody declared. <c>localhost</c> counts as <c>127.0.0.1</c>.</summary>
    public static string? Find(string host, int port) => Points.GetValueOrDefault(Key(host, port));

    private static string Key(string host, int port)
    {
        var name = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : host;
        return string.Create(CultureInfo.InvariantCulture, $"{name}:{port}");
    }
}
