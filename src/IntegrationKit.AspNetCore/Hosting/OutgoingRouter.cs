namespace IntegrationKit.Hosting;

/// <summary>Sends the calls of the application's HttpClients to hosts that a mock answers for to that mock.</summary>
internal sealed class OutgoingRouter(IReadOnlyDictionary<string, Func<HttpMessageHandler>> handlers) : DelegatingHandler
{
    private readonly Dictionary<string, HttpMessageInvoker> invokers = new(StringComparer.OrdinalIgnoreCase);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } uri || !handlers.TryGetValue(uri.Host, out var create))
        {
            return base.SendAsync(request, cancellationToken);
        }

        HttpMessageInvoker invoker;
        lock (invokers)
        {
            if (!invokers.TryGetValue(uri.Host, out invoker!))
            {
                invokers[uri.Host] = invoker = new HttpMessageInvoker(create());
            }
        }

        return invoker.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (invokers)
            {
                foreach (var invoker in invokers.Values)
                {
                    invoker.Dispose();
                }

                invokers.Clear();
            }
        }

        base.Dispose(disposing);
    }
}
