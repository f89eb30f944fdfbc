using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Requests;

/// <summary>Decoded parameters of a query or form, in order, with repeated names.</summary>
internal sealed class QueryValues(List<KeyValuePair<string, string>> pairs)
{
    public static readonly QueryValues Empty = new([]);

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => pairs;

    public IEnumerable<string> Names => pairs.Select(pair => pair.Key).Distinct(StringComparer.Ordinal);

    public StringValues this[string name]
    {
        get
        {
            StringValues values = default;
            foreach (var pair in pairs)
            {
                if (pair.Key == name)
                {
                    values = StringValues.Concat(values, pair.Value);
                }
            }

            return values;
        }
    }

    public static QueryValues Parse(string text)
    {
        if (text.Length == 0)
        {
            return Empty;
        }

        List<KeyValuePair<string, string>> pairs = [];
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals < 0
                ? new(Decode(part), "")
                : new(Decode(part[..equals]), Decode(part[(equals + 1)..])));
        }

        return new(pairs);
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
