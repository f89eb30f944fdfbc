using System.Collections.Concurrent;
using IntegrationKit.Admin;
using IntegrationKit.Recordings;
using IntegrationKit.Requests;
using IntegrationKit.Responding;
using IntegrationKit.Scoping;
using IntegrationKit.Stubs;
using IntegrationKit.Verification;
using IntegrationKit.Webhooks;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationKit.Serving;

/// <summary>
/// Answers requests: finds whose they are, finds the stub (the test's own before the shared ones), answers, writes them into
/// the journal. One engine serves all ports of a mock. Thread-safe.
/// </summary>
internal sealed class MockEngine(MockEngineOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, StubScope> scopes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    private long dropped;

    public MockEngineOptions Options => options;

    /// <summary>Requests that full journals have dropped.</summary>
    public long Dropped => Interlocked.Read(ref dropped) + Shared.Journal.Dropped;

    public StubScope Shared { get; } = new(null, options.Journal);

    public Responder Responder { get; } = new(options);

    public WebhookSender Webhooks { get; } = new(options.Time, options.Random);

    public CancellationToken Stopping => stopping.Token;

    /// <summary>A real service to record, or null.</summary>
    public UpstreamRecording? Recording { get; set; }

    /// <summary>The recording that was stopped last.</summary>
    public UpstreamRecording? LastRecording { get; set; }

    /// <summary>What the admin API's shutdown does; null where it is forbidden.</summary>
    public Action? ShutdownAsked { get; set; }

    /// <summary>Told about every request after it has been matched.</summary>
    public Action<MockExchange>? Observer { get; set; }

    /// <summary>Told about requests that are refused unread.</summary>
    public Action<string>? Refused { get; set; }

    public StubScope Begin(TestScope test)
    {
        var scope = new StubScope(test, options.Journal);
        scopes[test.BaggageId] = scope;
        return scope;
    }

    /// <summary>Drops a test's stubs, states and journal, and nothing else.</summary>
    public void End(StubScope scope)
    {
        if (scope.Test is { } test)
        {
            scopes.TryRemove(KeyValuePair.Create(test.BaggageId, scope));
            Interlocked.Add(ref dropped, scope.Journal.Dropped);
        }
    }

    public StubScope? ScopeOf(TestScope test) => scopes.GetValueOrDefault(test.BaggageId);

    public async Task HandleAsync(IFeatureCollection features, LaneMock? lane)
    {
        MockRequest? request;
        try
        {
            request = await HttpRequestReader.ReadAsync(features, options.BodyLimit, options.Time.GetUtcNow()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return;
        }

        if (request is null)
        {
            var line = features.Get<IHttpRequestFeature>()!;
            var problem = $"{line.Method} {line.RawTarget}: the body is larger than the {options.BodyLimit} bytes the mock accepts; MaxBody(...) accepts more.";
            Refused?.Invoke(problem);
            await PlainText.WriteAsync(features, 413, problem + "\n").ConfigureAwait(false);
            return;
        }

        request = ScopedPath.Unwrap(request);
        try
        {
            await AnswerAsync(features, request, lane).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has gone; the journal has the request.
        }
        finally
        {
            request.Body.Dispose();
        }
    }

    private async Task AnswerAsync(IFeatureCollection features, MockRequest request, LaneMock? lane)
    {
        var owner = RequestOwner.Of(request, this, lane);
        if (AdminApi.Concerns(request))
        {
            var reply = await AdminApi.AnswerAsync(request, this, owner.Scope ?? Shared).ConfigureAwait(false);
            await AnswerWriter.WriteAsync(features, reply, options.Time, stopping.Token).ConfigureAwait(false);
            return;
        }

        var stub = Recording is { Mode: RecordMode.All } ? owner.Scope?.Stubs.Match(request, owner.Scope.Scenarios) : Match(request, owner.Scope);
        var journal = (owner.Scope ?? Shared).Journal;
        var entry = journal.Entry(request, stub);
        entry.Attributed = owner.Test is not null;
        if (stub is null && await FileAsync(request).ConfigureAwait(false) is { } file)
        {
            await Responder.WriteAsync(features, file, stopping.Token).ConfigureAwait(false);
            return;
        }

        if (stub is null && Recording is { } recording)
        {
            await RecordAsync(features, recording, new MockExchange(entry, owner, lane?.Index), journal).ConfigureAwait(false);
            return;
        }

        if (stub is null)
        {
            entry.NearMiss = NearMissReport.For(request, Candidates(owner.Scope));
            journal.Add(entry);
            Observer?.Invoke(new MockExchange(entry, owner, lane?.Index) { Status = 404 });
            await PlainText.WriteAsync(features, 404, entry.NearMiss).ConfigureAwait(false);
            return;
        }

        stub.Usage.Hit();
        journal.Add(entry);
        try
        {
            var answer = await Responder.PrepareAsync(stub, request, stopping.Token).ConfigureAwait(false);
            entry.Answer = answer;
            Observer?.Invoke(new MockExchange(entry, owner, lane?.Index) { Status = answer.Status, Answer = answer });
            if (stub.Mapping.Listeners.Count > 0)
            {
                Webhooks.Send(stub.Mapping, entry.Request, stopping.Token);
            }

            await Responder.WriteAsync(features, answer, stopping.Token).ConfigureAwait(false);
        }
        catch (AnswerException exception)
        {
            Observer?.Invoke(new MockExchange(entry, owner, lane?.Index) { Status = 500, Problem = exception.Message });
            await PlainText.WriteAsync(features, 500, $"{stub.Mapping.Title}: {exception.Message}\n").ConfigureAwait(false);
        }
    }

    private async Task RecordAsync(IFeatureCollection features, UpstreamRecording recording, MockExchange exchange, RequestJournal journal)
    {
        exchange.Entry.Recorded = true;
        journal.Add(exchange.Entry);
        try
        {
            var answer = await recording.AskAsync(options.Proxy, exchange.Entry.Request, stopping.Token).ConfigureAwait(false);
            exchange.Entry.Answer = answer;
            Observer?.Invoke(exchange with { Status = answer.Status, Answer = answer });
            await AnswerWriter.WriteAsync(features, answer, options.Time, stopping.Token).ConfigureAwait(false);
        }
        catch (AnswerException exception)
        {
            Observer?.Invoke(exchange with { Status = 500, Problem = exception.Message });
            await PlainText.WriteAsync(features, 500, exception.Message + "\n").ConfigureAwait(false);
        }
    }

    private async ValueTask<Answer?> FileAsync(MockRequest request) => options is { ServeFiles: true, FilesDirectory: { } root }
        ? await StaticFiles.FindAsync(root, request, stopping.Token).ConfigureAwait(false)
        : null;

    public Stub? Match(MockRequest request, StubScope? scope)
    {
        var states = (scope ?? Shared).Scenarios;
        return scope?.Stubs.Match(request, states) ?? Shared.Stubs.Match(request, states);
    }

    public IEnumerable<Stub> Candidates(StubScope? scope) => scope is null ? Shared.Stubs.All : scope.Stubs.All.Concat(Shared.Stubs.All);

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
        Webhooks.Dispose();
        options.Proxy.Dispose();
    }
}

/// <summary>One request and what became of it.</summary>
internal sealed record MockExchange(LoggedRequest Entry, RequestOwner Owner, int? Lane)
{
    public int? Status { get; init; }

    public Answer? Answer { get; init; }

    /// <summary>Why the stub could not answer.</summary>
    public string? Problem { get; init; }
}
