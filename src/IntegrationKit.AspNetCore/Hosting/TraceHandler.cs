using System.Diagnostics;
using IntegrationKit.Scoping;

namespace IntegrationKit.Hosting;

/// <summary>
/// Sends the test's trace id and baggage with every request: the test server carries neither by itself
/// (dotnet/aspnetcore#24633), and everything the application then does is attributed by them.
/// </summary>
internal sealed class TraceHandler(TestScope? test, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if ((test ?? TestScope.Current) is { } scope)
        {
            request.Headers.Remove("traceparent");
            request.Headers.TryAddWithoutValidation(
                "traceparent", $"00-{scope.TraceId.ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
            request.Headers.TryAddWithoutValidation("baggage", $"{TestScopes.BaggageKey}={scope.BaggageId}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
