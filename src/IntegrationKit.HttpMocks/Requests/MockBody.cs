using System.Text;
using System.Text.Json;

namespace IntegrationKit.Requests;

/// <summary>A request's body, decoded and parsed at most once. Not thread-safe: belongs to one request.</summary>
internal sealed class MockBody(byte[] bytes, Encoding? encoding = null) : IDisposable
{
    private string? text;
    private JsonDocument? json;
    private bool parsed;

    public static readonly MockBody Empty = new([]);

    public byte[] Bytes { get; } = bytes;

    public string Text => text ??= Bytes.Length == 0 ? "" : (encoding ?? Encoding.UTF8).GetString(Bytes);

    /// <summary>What body matchers see: an empty body is an absent one.</summary>
    public string? MatchText => Bytes.Length == 0 ? null : Text;

    /// <summary>The body as JSON, or null when it is not JSON.</summary>
    public JsonElement? Json
    {
        get
        {
            if (!parsed)
            {
                parsed = true;
                json = TryParse(Bytes);
            }

            return json?.RootElement;
        }
    }

    public static MockBody Of(string value) => new(Encoding.UTF8.GetBytes(value));

    public static JsonDocument? TryParse(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? null : LenientJson.TryParse(bytes);

    /// <summary>Gives the parsed document's memory back; the bytes and the text stay.</summary>
    public void Dispose()
    {
        json?.Dispose();
        json = null;
        parsed = false;
    }
}
