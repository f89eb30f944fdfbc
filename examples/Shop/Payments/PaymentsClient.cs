using System.Net;
using System.Text.Json;

namespace Shop.Payments;

/// <summary>Talks to the payment provider. Failures come back as outcomes, never as exceptions.</summary>
public sealed class PaymentsClient(HttpClient client, ILogger<PaymentsClient> logger)
{
    private sealed record Receipt(string Id);

    private sealed record Refusal(string Error);

    public Task<PaymentOutcome> ChargeAsync(Guid order, int amountCents, CancellationToken cancellationToken) =>
        SendAsync("/v1/charges", new { amount = amountCents, currency = "EUR", order }, $"charge-{order}", cancellationToken);

    public Task<PaymentOutcome> RefundAsync(Payment payment, CancellationToken cancellationToken) =>
        SendAsync("/v1/refunds", new { charge = payment.ChargeId, amount = payment.AmountCents },
            $"refund-{payment.ChargeId}", cancellationToken);

    private async Task<PaymentOutcome> SendAsync(string path, object body, string key, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await PostAsync(path, body, key, cancellationToken);
            if (response.StatusCode is not HttpStatusCode.ServiceUnavailable)
            {
                return await ReadAsync(path, response, cancellationToken);
            }

            logger.LogInformation("Payment provider is busy on {Path}, trying once more", path);
            using var second = await PostAsync(path, body, key, cancellationToken);
            return await ReadAsync(path, second, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Payment provider did not answer {Path} within {Timeout}", path, client.Timeout);
            return new PaymentOutcome.TimedOut();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            logger.LogWarning(exception, "Payment provider gave no usable answer to {Path}", path);
            return new PaymentOutcome.Unavailable();
        }
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, object body, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request, cancellationToken);
    }

    private async Task<PaymentOutcome> ReadAsync(string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.PaymentRequired)
        {
            var refusal = await response.Content.ReadFromJsonAsync<Refusal>(cancellationToken);
            return new PaymentOutcome.Declined(refusal?.Error ?? "declined");
        }

        if (response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<Receipt>(cancellationToken) is { } receipt)
        {
            return new PaymentOutcome.Accepted(receipt.Id);
        }

        logger.LogWarning("Payment provider answered {Path} with {Status}", path, (int)response.StatusCode);
        return new PaymentOutcome.Unavailable();
    }
}
