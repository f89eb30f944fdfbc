using System.Text.Json;
using IntegrationKit.Requests;

namespace IntegrationKit;

/// <summary>A request a mock received. Immutable.</summary>
public sealed class CapturedRequest
{
    private readonly MockRequest request;

    internal CapturedRequest(MockRequest request, bool matched)
    {
        this.request = request;
        Matched = matched;
    }

    internal CapturedRequest(LoggedRequest logged)
        : this(logged.Request, logged.Matched)
    {
    }

    /// <summary>The HTTP method, in upper case.</summary>
    public string Method => request.Method;

    /// <summary>The path as it was sent, not decoded, without the query.</summary>
    public string Path => request.Path;

    /// <summary>Path and query as they were sent.</summary>
    public string Url => request.Target;

    /// <summary>False when no stub matched and the mock answered 404.</summary>
    public bool Matched { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset ReceivedAt => request.ReceivedAt;

    /// <summary>The body as text. Bodies over 64 KiB are cut unless the mock's options say otherwise.</summary>
    public string Text => request.Body.Text;

    /// <summary>The body as bytes; cut like <see cref="Text"/>.</summary>
    public ReadOnlyMemory<byte> Body => request.Body.Bytes;

    /// <summary>The header's values joined by commas, or null when it was not sent. Names are compared without regard to case.</summary>
    public string? Header(string name) => request.Headers[name] is { Count: > 0 } values ? values.ToString() : null;

    /// <summary>The first value of a query parameter, decoded, or null when it was not sent.</summary>
    public string? Query(string name) => request.Query[name] is { Count: > 0 } values ? values[0] : null;

    /// <summary>The body as an object, with the conventions of web JSON (camel case, any case when reading).</summary>
    /// <exception cref="JsonException">The body is no JSON of this type.</exception>
    public T? Json<T>() => JsonSerializer.Deserialize<T>(request.Body.Bytes, JsonSerializerOptions.Web);

    /// <summary>Method and URL.</summary>
    public override string ToString() => $"{Method} {Url}";
}
