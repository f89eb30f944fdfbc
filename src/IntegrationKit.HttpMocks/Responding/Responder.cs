using System.Text;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Serving;
using IntegrationKit.Stubs;
using IntegrationKit.Templating;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Responding;

/// <summary>Turns a stub into an answer and sends it, with its delay and its fault. Thread-safe.</summary>
internal sealed class Responder(MockEngineOptions options)
{
    private readonly BodyFiles files = new(options.FilesDirectory);

    /// <exception cref="AnswerException">The template or the body file is wrong.</exception>
    public async ValueTask<Answer> PrepareAsync(Stub stub, MockRequest request, CancellationToken cancellationToken)
    {
        var definition = stub.Mapping.Response;
        if (definition.Proxy is not null)
        {
            return await options.Proxy.ForwardAsync(definition, request, cancellationToken).ConfigureAwait(false) with { StubId = stub.IdText };
        }

        if (stub.Callback is { } callback)
        {
            return Decorate(CallbackAnswer.Of(callback, request, definition), stub);
        }

        var isTemplate = definition.IsTemplate || options.TemplateAll;
        if (!isTemplate && definition.BodyFile is null)
        {
            return options.GlobalDelay is null && stub.FixedAnswer is { } ready ? ready : Fixed(definition, stub);
        }

        var model = isTemplate ? TemplateModel.Of(request, definition.TransformerParameters, stub.Mapping.Request.Url?.Template) : null;
        var body = definition.BodyFile is { } file
            ? await files.ReadAsync(model is null ? file : Fill(file, model), cancellationToken).ConfigureAwait(false)
            : definition.Body ?? [];
        if (model is null)
        {
            return Decorate(new Answer(definition.Status, definition.Headers, body), stub);
        }

        var filled = definition.IsBinary ? body : Encoding.UTF8.GetBytes(Fill(Encoding.UTF8.GetString(body), model));
        KeyValuePair<string, StringValues>[] headers =
            [.. definition.Headers.Select(h => KeyValuePair.Create(h.Key, new StringValues([.. h.Value.Select(v => Fill(v ?? "", model))])))];
        return Decorate(new Answer(definition.Status, headers, filled), stub);
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

    private static string Fill(string template, Dictionary<string, object?> model)
    {
        try
        {
            return TemplateEngine.Shared.Render(template, model);
        }
        catch (TemplateException exception)
        {
            throw new AnswerException($"the template failed: {exception.Message}");
        }
    }

    /// <summary>An answer that is the same every time is made once; the journal's entries share it.</summary>
    private Answer Fixed(ResponseDefinition definition, Stub stub)
    {
        var answer = Decorate(new Answer(definition.Status, definition.Headers, definition.Body ?? []), stub);
        if (definition.Delay is null && options.GlobalDelay is null)
        {
            stub.FixedAnswer = answer;
        }

        return answer;
    }

    private Answer Decorate(Answer answer, Stub stub)
    {
        var definition = stub.Mapping.Response;
        answer.StatusMessage = definition.StatusMessage;
        answer.StubId = stub.IdText;
        answer.Delay = definition.Delay?.Next(options.Random) ?? options.GlobalDelay?.Next(options.Random) ?? TimeSpan.Zero;
        answer.Dribble = definition.Dribble;
        answer.Fault = definition.Fault;
        return answer;
    }

    private Task SendAsync(IFeatureCollection features, Answer answer, CancellationToken cancellationToken) => answer.Fault is { } fault
        ? FaultWriter.WriteAsync(features, fault, cancellationToken)
        : AnswerWriter.WriteAsync(features, answer, options.Time, cancellationToken);
}
