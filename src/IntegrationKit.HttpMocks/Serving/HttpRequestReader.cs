using System.Buffers;
using System.Net;
using IntegrationKit.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Serving;

/// <summary>Reads a request off the server's features into memory.</summary>
internal static class HttpRequestReader
{
    /// <returns>The request, or null when its body is over the limit.</returns>
    public static async ValueTask<MockRequest?> ReadAsync(IFeatureCollection features, int bodyLimit, DateTimeOffset now)
    {
        var http = features.Get<IHttpRequestFeature>()!;
        if (http.Headers.ContentLength is { } announced && announced > bodyLimit)
        {
            return null;
        }

        var hasBody = features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        var body = hasBody ? await BodyAsync(http.Body, http.Headers.ContentLength, bodyLimit).ConfigureAwait(false) : [];
        if (body is null)
        {
            return null;
        }

        var target = Target(http.RawTarget);
        var headers = Copy(http.Headers);
        return new MockRequest
        {
            Method = HttpMethods.GetCanonicalizedValue(http.Method),
            Target = target,
            Path = MockRequest.PathOf(target),
            Headers = headers,
            Body = body.Length == 0 ? MockBody.Empty : new MockBody(body, MockRequest.EncodingOf(headers["Content-Type"])),
            Scheme = http.Scheme,
            ClientIp = Address(features.Get<IHttpConnectionFeature>()?.RemoteIpAddress),
            ReceivedAt = now,
        };
    }

    /// <summary>Absolute form (a client that takes us for a proxy) is brought to origin form, a fragment is dropped.</summary>
    private static string Target(string raw)
    {
        if (raw.IndexOf('#', StringComparison.Ordinal) is >= 0 and var fragment)
        {
            raw = raw[..fragment];
        }

        if (raw.StartsWith('/') || raw == "*")
        {
            return raw.EndsWith('?') ? raw[..^1] : raw;
        }

        return Uri.TryCreate(raw, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/" + raw;
    }

    /// <summary>Nearly always loopback: then no text is made.</summary>
    private static string Address(IPAddress? address) => address is null || address.Equals(IPAddress.Loopback) ? "127.0.0.1" : address.ToString();

    private static MockHeaders Copy(IHeaderDictionary headers)
    {
        var copy = new KeyValuePair<string, StringValues>[headers.Count];
        headers.CopyTo(copy, 0);
        return new(copy);
    }

    private static async ValueTask<byte[]?> BodyAsync(Stream body, long? announced, int limit)
    {
        if (announced is { } length)
        {
            var exact = new byte[length];
            await body.ReadExactlyAsync(exact).ConfigureAwait(false);
            return exact;
        }

        var collected = new ArrayBufferWriter<byte>(1024);
        while (true)
        {
            var read = await body.ReadAsync(collected.GetMemory(4096)).ConfigureAwait(false);
            if (read == 0)
            {
                return collected.WrittenSpan.ToArray();
            }

            collected.Advance(read);
            if (collected.WrittenCount > limit)
            {
                return null;
            }
        }
    }
}
