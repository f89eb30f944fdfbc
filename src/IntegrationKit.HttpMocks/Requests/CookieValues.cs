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
                if (equals > 0)
                {
                    cookies.Add(new(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart().Trim('"')));
                }
            }
        }

        return cookies;
    }
}
