using System.Text;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Requests;

/// <summary>
/// A request as matchers, templates and the journal see it: raw target, headers in order, body in memory. What has to be
/// parsed (query, cookies, form) is parsed when somebody asks.
/// </summary>
internal sealed class MockRequest
{
    private ParsedRequest? parsed;

    public required string Method { get; init; }

    /// <summary>Path and query exactly as received, for example <c>/a%20b?x=1</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The raw path, not decoded.</summary>
    public required string Path { get; init; }

    public required MockHeaders Headers { get; init; }

    public MockBody Body { get; init; } = MockBody.Empty;

    public string Scheme { get; init; } = "http";

    public string ClientIp { get; init; } = "127.0.0.1";

    /// <summary>Made when somebody asks.</summary>
    public Guid Id
    {
        get => Parsed.Id ??= Guid.NewGuid();
        init => Parsed.Id = value;
    }

    public DateTimeOffset ReceivedAt { get; init; }

    public string RawQuery => Target.Length > Path.Length ? Target[(Path.Length + 1)..] : "";

    public QueryValues Query => Parsed.Query ??= QueryValues.Parse(RawQuery);

    public QueryValues Form => Parsed.Form ??= Headers.MediaType.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal)
        ? QueryValues.Parse(Body.Text)
        : QueryValues.Empty;

    public IReadOnlyList<KeyValuePair<string, string>> Cookies => Parsed.Cookies ??= CookieValues.Parse(Headers["Cookie"]);

    /// <summary>Parts of a multipart body; empty for any other.</summary>
    public IReadOnlyList<MultipartSectionData> Parts => Parsed.Parts ??= MultipartBody.Parse(this);

    /// <summary>Host name without port.</summary>
    public string Host => SplitHost().Host;

    public int Port => SplitHost().Port ?? (Scheme == "https" ? 443 : 80);

    public string BaseUrl => $"{Scheme}://{Headers["Host"].ToString()}";

    /// <summary>The base path of a test that the request came with, or null.</summary>
    public string? ScopeId { get; private init; }

    /// <summary>The same request under another target.</summary>
    public MockRequest At(string target, string scope) => new()
    {
        Method = Method,
        Target = target,
        Path = PathOf(target),
        Headers = Headers,
        Body = Body,
        Scheme = Scheme,
        ClientIp = ClientIp,
        ReceivedAt = ReceivedAt,
        ScopeId = scope,
    };

    public MockRequest WithBody(byte[] bytes) => new()
    {
        ScopeId = ScopeId,
        Method = Method,
        Target = Target,
        Path = Path,
        Headers = Headers,
        Body = new MockBody(bytes, EncodingOf(Headers["Content-Type"])),
        Scheme = Scheme,
        ClientIp = ClientIp,
        ReceivedAt = ReceivedAt,
        Id = Id,
    };

    private ParsedRequest Parsed => parsed ??= new ParsedRequest();

    private (string Host, int? Port) SplitHost()
    {
        var header = Headers["Host"].ToString();
        var colon = header.LastIndexOf(':');
        return colon > header.LastIndexOf(']') && int.TryParse(header.AsSpan(colon + 1), out var port)
            ? (header[..colon], port)
            : (header, null);
    }

    public static string PathOf(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? target : target[..question];
    }

    /// <summary>The request body's encoding by its content type; UTF-8 when it says nothing or something unknown.</summary>
    public static Encoding EncodingOf(StringValues contentType)
    {
        if (contentType.ToString() is { Length: > 0 } text
            && text.IndexOf("charset=", StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            try
            {
                return Encoding.GetEncoding(text[(at + 8)..].Split(';')[0].Trim().Trim('"'));
            }
            catch (ArgumentException)
            {
                return Encoding.UTF8;
            }
        }

        return Encoding.UTF8;
    }

    /// <summary>What somebody asked for. Most requests in the journal were never asked: they carry one reference instead of five.</summary>
    private sealed class ParsedRequest
    {
        public Guid? Id { get; set; }

        public QueryValues? Query { get; set; }

        public QueryValues? Form { get; set; }

        public IReadOnlyList<KeyValuePair<string, string>>? Cookies { get; set; }

        public IReadOnlyList<MultipartSectionData>? Parts { get; set; }
    }
}
