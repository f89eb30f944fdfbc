using IntegrationKit.Mappings;
using IntegrationKit.Requests;

namespace IntegrationKit.Webhooks;

/// <summary>Sends webhooks in the background; a failure is told, never thrown. Thread-safe.</summary>
internal sealed class WebhookSender(TimeProvider time, Random random) : IDisposable
{
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });

    /// <summary>Told about every webhook that could not be sent.</summary>
    public Action<string>? Failed { get; set; }

    public void Send(StubMapping stub, MockRequest request, CancellationToken stopping)
    {
        foreach (var webhook in stub.Listeners)
        {
            // Outside the request's context: what the webhook causes is not the answering of this request.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(() => SendAsync(webhook, request, stopping), CancellationToken.None);
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task SendAsync(Webhook webhook, MockRequest request, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(webhook.Delay?.Next(random) ?? TimeSpan.Zero, time, stopping).ConfigureAwait(false);
            using var message = webhook.Message(request);
            using var response = await client.SendAsync(message, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The mock has stopped.
        }
        catch (Exception exception)
        {
            Failed?.Invoke($"webhook {webhook.Method} {webhook.Url}: {exception.Message}");
        }
    }
}
