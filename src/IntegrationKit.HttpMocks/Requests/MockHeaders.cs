using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Requests;

/// <summary>Headers in the order of arrival, found without regard to case. A plain array: requests carry few.</summary>
internal sealed class MockHeaders(KeyValuePair<string, StringValues>[] all)
{
    public static readonly MockHeaders Empty = new([]);

    public IReadOnlyList<KeyValuePair<string, StringValues>> All => all;

    public StringValues this[string name]
    {
        get
        {
            foreach (var header in all)
            {
                if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
                {
                    return header.Value;
                }
            }

            return default;
        }
    }

    /// <summary>Content type without parameters, in lower case; empty when there is none.</summary>
    public string MediaType => this["Content-Type"].ToString().Split(';')[0].Trim().ToLowerInvariant();
}
