using System.Collections.Frozen;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Responding;

/// <summary>Passes requests on to a real service and brings its answers back. Thread-safe.</summary>
internal sealed class ProxyClient : IDisposable
{
    private static readonly FrozenSet<string> HopByHop = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Host", "Content-Length", "baggage", Serving.RequestOwner.ScopeHeader,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ActivityHeadersPropagator = null,
    });

    public Task<Answer> ForwardAsync(ResponseDefinition definition, MockRequest request, CancellationToken cancellationToken)
    {
        var proxy = definition.Proxy!;
        var target = request.Target;
        if (proxy.PrefixToRemove is { } prefix && target.StartsWith(prefix, StringComparison.Ordinal))
        {
            target = target[prefix.Length..];
        }

        return SendAsync(new Uri(proxy.BaseUrl.ToString().TrimEnd('/') + target), request, proxy, cancellationToken);
    }

    public async Task<Answer> SendAsync(Uri target, MockRequest request, ProxyDefinition? proxy, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), target);
        if (request.Body.Bytes.Length > 0)
        {
            message.Content = new ByteArrayContent(request.Body.Bytes);
        }

        foreach (var header in request.Headers.All.Where(h => !HopByHop.Contains(h.Key) && proxy?.RemoveHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase) != true))
        {
            Add(message, header.Key, header.Value);
        }

        foreach (var (name, value) in proxy?.AddHeaders ?? [])
        {
            Add(message, name, value);
        }

        try
        {
            using var response = await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            KeyValuePair<string, StringValues>[] headers = [.. response.Headers.Concat(response.Content.Headers)
                .Where(h => !HopByHop.Contains(h.Key) && h.Key is not ("Content-Encoding" or "Date" or "Server"))
                .Select(h => KeyValuePair.Create(h.Key, new StringValues([.. h.Value])))];
            return new Answer((int)response.StatusCode, headers, body) { StatusMessage = response.ReasonPhrase };
        }
        catch (HttpRequestException exception)
        {
            throw new AnswerException($"the proxy target {target} could not be reached: {exception.Message}");
        }
    }

    public void Dispose() => client.Dispose();

    private static void Add(HttpRequestMessage message, string name, StringValues values)
    {
        if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
        {
            message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }
}
