using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Requests;

internal static class CookieValues
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(StringValues headers)
    {
        List<KeyValuePair<string, string>> cookies = [];
        foreach (var header in headers)
        {
            foreach (var part in (header ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0 && part[(equals + 1)..].TrimStart().Trim('"') is var value && value.All(IsOctet))
                {
                    cookies.Add(new(part[..equals].TrimEnd(), value));
                }
            }
        }

        return cookies;
    }

    /// <summary>https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1: a cookie with anything else in its value is none. Spaces pass, as in Java.</summary>
    private static bool IsOctet(char c) => c is >= ' ' and < '\x7f' and not ('"' or ',' or ';' or '\\');
}
