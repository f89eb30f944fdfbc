using System.Diagnostics;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;

namespace IntegrationKit.Hosting;

/// <summary>
/// Sends the calls of the application's HttpClients to hosts that a mock answers for to that mock, and blocks calls to hosts
/// that nobody declared.
/// </summary>
internal sealed class OutgoingRouter(IReadOnlyDictionary<string, Func<HttpMessageHandler>> handlers, ApplicationOptions options) : DelegatingHandler
{
    private readonly Dictionary<string, HttpMessageInvoker> invokers = new(StringComparer.OrdinalIgnoreCase);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } uri)
        {
            return base.SendAsync(request, cancellationToken);
        }

        var key = handlers.ContainsKey(uri.Authority) ? uri.Authority : uri.Host;
        if (!handlers.TryGetValue(key, out var create))
        {
            return IsAllowed(uri) ? base.SendAsync(request, cancellationToken) : throw Blocked(request.Method, uri);
        }

        HttpMessageInvoker invoker;
        lock (invokers)
        {
            if (!invokers.TryGetValue(key, out invoker!))
            {
                invokers[key] = invoker = new HttpMessageInvoker(create());
            }
        }

        return invoker.SendAsync(request, cancellationToken);
    }

    private bool IsAllowed(Uri uri) => !options.BlocksUndeclaredHosts || uri.IsLoopback
        || options.AllowedHosts.Contains(uri.Host) || KnownHosts.Find(uri.Host, uri.Port) is not null;

    private static HttpRequestException Blocked(HttpMethod method, Uri uri)
    {
        var whose = Activity.Current is { } activity ? Attribution.Of(activity) : Attribution.None;
        var test = whose.Scope ?? TestScope.Current;
        Recorder.Observe(new IssueObserved
        {
            Rule = "IK5003",
            Level = "error",
            Category = "test",
            Title = "Undeclared network call",
            Message = $"{method} {uri.GetLeftPart(UriPartial.Path)} was blocked: no fixture declares the host {uri.Host}.",
            Test = test?.Execution,
            Via = whose.Via ?? (test is null ? null : Via.Context),
        });
        return new HttpRequestException(
            $"{method} {uri.GetLeftPart(UriPartial.Path)} was blocked{(test is null ? "" : $" in the test {test.Name}")}: no fixture declares the host '{uri.Host}'."
            + $" Declare a mock for it (UseHttpMock(\"{uri.Host.Split('.')[0]}\", o => o.Host(\"{uri.Host}\"))),"
            + $" or let it through in the application's options (AllowHost(\"{uri.Host}\") or AllowAnyHost()).");
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
