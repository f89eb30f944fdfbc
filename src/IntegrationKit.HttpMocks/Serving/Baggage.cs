using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Serving;

/// <summary>Reads one entry of the W3C <c>baggage</c> header. .NET writes spaces around the equals sign: values are trimmed.</summary>
internal static class Baggage
{
    public static string? Find(StringValues headers, string key)
    {
        foreach (var header in headers)
        {
            foreach (var part in header.AsSpan().Split(','))
            {
                var entry = header.AsSpan()[part];
                var equals = entry.IndexOf('=');
                if (equals <= 0 || !entry[..equals].Trim().SequenceEqual(key))
                {
                    continue;
                }

                var value = entry[(equals + 1)..];
                var properties = value.IndexOf(';');
                return (properties < 0 ? value : value[..properties]).Trim().ToString();
            }
        }

        return null;
    }
}
