using IntegrationKit.Requests;
using IntegrationKit.Serving;
using IntegrationKit.Stubs;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationKit.Responding;

/// <summary>Turns a stub into an answer and sends it, with its delay and its fault. Thread-safe.</summary>
internal sealed class Responder(MockEngineOptions options)
{
    public Answer Prepare(Stub stub, MockRequest request)
    {
        _ = request;
        var definition = stub.Mapping.Response;
        return new Answer(definition.Status, definition.Headers, definition.Body ?? [])
        {
            StatusMessage = definition.StatusMessage,
            StubId = stub.IdText,
            Delay = definition.Delay?.Next(options.Random) ?? TimeSpan.Zero,
            Dribble = definition.Dribble,
            Fault = definition.Fault,
        };
    }

    public async Task WriteAsync(IFeatureCollection features, Answer answer, CancellationToken stopping)
    {
        if (answer.Delay > TimeSpan.Zero || answer.Dribble is not null)
        {
            var aborted = features.Get<IHttpRequestLifetimeFeature>()!.RequestAborted;
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
            await Task.Delay(answer.Delay, options.Time, linked.Token).ConfigureAwait(false);
            await SendAsync(features, answer, linked.Token).ConfigureAwait(false);
            return;
        }

        await SendAsync(features, answer, stopping).ConfigureAwait(false);
    }

    private Task SendAsync(IFeatureCollection features, Answer answer, CancellationToken cancellationToken) => answer.Fault is { } fault
        ? FaultWriter.WriteAsync(features, fault, cancellationToken)
        : AnswerWriter.WriteAsync(features, answer, options.Time, cancellationToken);
}
