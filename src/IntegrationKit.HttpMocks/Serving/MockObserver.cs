using IntegrationKit.Contracts;
using IntegrationKit.Journal;
using IntegrationKit.Mappings;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Requests;
using IntegrationKit.Scoping;
using IntegrationKit.Stubs;
using IntegrationKit.Verification;

namespace IntegrationKit.Serving;

/// <summary>Tells the report what a mock is, what it answered and what was wrong.</summary>
internal sealed class MockObserver(string name)
{
    private const int LongDelay = 3_600_000;

    public string Point { get; } = $"http:{name}";

    private string Resource => $"mock:{name}";

    public void Started(string url, TimeSpan took, int stubs) => Report("ready", url, ("shared stubs", stubs), took);

    public void Served(MockExchange exchange)
    {
        if (Recorder.Current is null)
        {
            return;
        }

        var request = exchange.Entry.Request;
        var mapping = exchange.Entry.Stub?.Mapping;
        var delay = (long)(exchange.Answer?.Delay.TotalMilliseconds ?? 0);
        Recorder.Observe(new MockServed
        {
            Point = Point,
            Method = request.Method,
            Path = request.Target,
            Matched = exchange.Entry.Matched,
            StubId = mapping?.Id.ToString(),
            StubName = mapping?.Name,
            Operation = mapping?.Request.Url?.Value,
            Status = exchange.Answer?.Fault is null && delay < LongDelay ? exchange.Status : null,
            Fault = delay >= LongDelay ? "no_reply" : FaultName(exchange.Answer?.Fault),
            DelayMs = delay > 0 ? delay : null,
            NearMiss = exchange.Entry.NearMiss,
            Test = exchange.Owner.Test?.Execution,
            Via = exchange.Owner.Via,
            Trace = exchange.Owner.Trace,
            Lane = exchange.Lane,
        });
        if (exchange.Problem is { } problem)
        {
            Recorder.Observe(new IssueObserved
            {
                Rule = "IK5006",
                Level = "error",
                Category = "test",
                Title = "Stub could not answer",
                Message = $"Mock '{name}': {mapping?.Title}: {problem}",
                Point = Point,
                Resource = Resource,
                Test = exchange.Owner.Test?.Execution,
                Via = exchange.Owner.Via,
                Lane = exchange.Lane,
            });
        }

        if (!exchange.Entry.Matched && exchange.Owner.Test is null or { HasEnded: true })
        {
            Unmatched(exchange.Entry.NearMiss!, exchange.Owner.Test?.Execution, exchange.Lane);
        }
    }

    public void Ended(TestScope test, StubScope scope, ScopeVerification findings)
    {
        foreach (var entry in findings.Unmatched)
        {
            Unmatched(entry.NearMiss!, test.Execution, null);
        }

        if (scope.Journal.Dropped > 0)
        {
            Issue("IK5010", "note", "Journal full", $"the journal dropped the {scope.Journal.Dropped} oldest requests; Journal(...) keeps more.", test.Execution);
        }

        foreach (var usage in findings.Miscalled)
        {
            Issue(
                "IK5002",
                usage.Expected is null ? "warning" : "error",
                usage.Hits == 0 ? "Unused stub" : "Stub called too often or too rarely",
                $"{ScopeVerification.Describe(usage)}.",
                test.Execution);
        }

        Report(test.Execution, [.. scope.Declared]);
    }

    /// <summary>Stubs the real service could not be, and requests it would refuse.</summary>
    public void Drifted(ContractCheck? contract, IReadOnlyList<StubMapping> stubs, IReadOnlyList<LoggedRequest> requests, TestScope? test)
    {
        if (contract is null)
        {
            return;
        }

        var drifts = stubs.Select(stub => (What: stub.Title, Problems: contract.Of(stub)))
            .Concat(requests.Where(entry => entry is { Matched: true, Attributed: true, BodyCut: false })
                .Select(entry => (What: $"request {entry.Request.Method} {entry.Request.Path}", Problems: contract.Of(entry.Request))));
        foreach (var (what, problems) in drifts.Where(drift => drift.Problems.Count > 0).DistinctBy(drift => (drift.What, drift.Problems[0])))
        {
            Recorder.Observe(new IssueObserved
            {
                Rule = "IK5004",
                Level = "warning",
                Category = "test",
                Title = "Mock drift",
                Message = $"Mock '{name}': {what}: {problems[0]}",
                Point = Point,
                Resource = Resource,
                Evidence = problems,
                Test = test?.Execution,
                Via = test is null ? null : Via.Context,
                Origin = Origin.Kit,
            });
        }
    }

    public void WebhookFailed(string problem) => Issue("IK5007", "warning", "Webhook failed", problem, null);

    /// <summary>A request the mock did not read to its end.</summary>
    public void Refused(string problem) => Issue("IK5009", "warning", "Request refused", problem, null);

    private void Issue(string rule, string level, string title, string message, string? test) => Recorder.Observe(new IssueObserved
    {
        Rule = rule,
        Level = level,
        Category = "test",
        Title = title,
        Message = $"Mock '{name}': {message}",
        Point = Point,
        Resource = Resource,
        Test = test,
        Via = test is null ? null : Via.Context,
        Origin = Origin.Kit,
    });

    public void Stopped(string url, MockEngine engine)
    {
        Report(null, [.. engine.Shared.Stubs.All.Select(stub => stub.Usage).Distinct()]);
        Report("stopped", url, engine.Dropped == 0 ? null : ("requests dropped from the journal", engine.Dropped));
    }

    private void Report(string state, string url, (string Name, long Value)? detail, TimeSpan? took = null) => Recorder.Observe(new ResourceReported
    {
        Resource = Resource,
        Kind = "http_mock",
        Name = name,
        Provider = "in_process",
        Endpoint = url,
        State = state,
        StartUs = (long?)took?.TotalMicroseconds,
        Details = detail is { } entry ? new Dictionary<string, string>(StringComparer.Ordinal) { [entry.Name] = $"{entry.Value}" } : null,
    });

    private static string? FaultName(Fault? fault) => fault switch
    {
        null => null,
        Fault.EmptyResponse => "empty_response",
        Fault.MalformedResponseChunk => "malformed_response_chunk",
        Fault.RandomDataThenClose => "random_data_then_close",
        _ => "connection_reset",
    };

    private void Report(string? test, IReadOnlyList<StubUsage> usages)
    {
        if (usages.Count == 0)
        {
            return;
        }

        string[] unused = [.. usages.Where(usage => usage.Hits == 0 && !usage.Optional).Select(usage => usage.Title)];
        Recorder.Observe(new StubsReported
        {
            Point = Point,
            Test = test,
            Defined = usages.Count,
            Used = usages.Count(usage => usage.Hits > 0),
            Unused = unused.Length == 0 ? null : unused,
        });
    }

    private void Unmatched(string nearMiss, string? test, int? lane) => Recorder.Observe(new IssueObserved
    {
        Rule = "IK5001",
        Level = test is null ? "warning" : "error",
        Category = "test",
        Title = "Unmatched request",
        Message = $"Mock '{name}': {nearMiss.Split('\n')[0]}",
        Point = Point,
        Resource = Resource,
        Evidence = [nearMiss],
        Test = test,
        Via = test is null ? null : Via.Baggage,
        Lane = lane,
    });
}
