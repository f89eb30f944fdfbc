using System.Net;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers about the machine. Environment variables stay closed: a stub must not leak secrets.</summary>
internal static class SystemHelpers
{
    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("hostname", _ => Dns.GetHostName()),
        ("systemValue", call => throw new HelperException(call.Option("key") is { } key ? $"Access to {key} is denied" : "The key cannot be empty")),
    ];
}
