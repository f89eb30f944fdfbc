using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;

namespace IntegrationKit.Contracts;

/// <summary>An answer of the application, as the client got it.</summary>
internal sealed record SeenAnswer(string Method, string Route, int Status, string? ContentType, ReadOnlyMemory<byte> Body, TestScope? Test, string? Trace);

/// <summary>
/// Checks every answer seen in any test against the application's OpenAPI documents, beside the tests: the request waits
/// neither for the document nor for the check. Findings are issues of the report, not failures. Thread-safe.
/// </summary>
internal sealed class ResponseContract(string point) : IAsyncDisposable
{
    private readonly Channel<SeenAnswer> answers = Channel.CreateBounded<SeenAnswer>(
        new BoundedChannelOptions(10_000) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private Task? checking;
    private long spent;

    /// <summary>Answers compared so far.</summary>
    public int Checked { get; private set; }

    /// <summary>Time spent on comparing them, reading the documents left out.</summary>
    public TimeSpan Spent => TimeSpan.FromSeconds((double)spent / Stopwatch.Frequency);

    public void Start(Func<CancellationToken, Task<IReadOnlyList<ContractDocument>>> load) =>
        checking ??= Hosting.Detached.RunAsync(() => CheckAllAsync(load));

    public void Submit(SeenAnswer answer) => answers.Writer.TryWrite(answer);

    public async ValueTask DisposeAsync()
    {
        answers.Writer.TryComplete();
        if (checking is not null)
        {
            await checking.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is wrong with the answer; empty when nothing is or the documents do not speak of it.</summary>
    public static IReadOnlyList<string> Violations(IReadOnlyList<ContractDocument> documents, SeenAnswer answer)
    {
        foreach (var document in documents)
        {
            if (document.Answer(answer.Method, answer.Route, answer.Status) is { } documented)
            {
                return Violations(document, documented, answer);
            }
        }

        return [];
    }

    private static IReadOnlyList<string> Violations(ContractDocument document, JsonElement documented, SeenAnswer answer)
    {
        if (!documented.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var type = MediaTypes.Bare(answer.ContentType);
        var media = content.EnumerateObject().ToList();
        var match = media.Find(entry => MediaTypes.Bare(entry.Name) == type);
        if (match.Value.ValueKind == JsonValueKind.Undefined)
        {
            match = media.Find(entry => MediaTypes.IsJson(entry.Name)); // MVC writes problem+json where it documents json
        }

        if (match.Value.ValueKind != JsonValueKind.Object || !match.Value.TryGetProperty("schema", out var schema))
        {
            return [];
        }

        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            return SchemaCheck.Violations(document, schema, body.RootElement);
        }
        catch (JsonException exception)
        {
            return [$"the body is no JSON: {exception.Message}"];
        }
    }

    private async Task CheckAllAsync(Func<CancellationToken, Task<IReadOnlyList<ContractDocument>>> load)
    {
        IReadOnlyList<ContractDocument> documents;
        try
        {
            documents = await load(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            answers.Writer.TryComplete();
            Recorder.Observe(new IssueObserved
            {
                Rule = "IK5005",
                Level = "warning",
                Category = "environment",
                Origin = Origin.Kit,
                Point = point,
                Title = "The application's OpenAPI document could not be read",
                Message = $"{exception.GetType().Name}: {exception.Message} Answers were not checked.",
            });
            return;
        }

        await foreach (var answer in answers.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            var begun = Stopwatch.GetTimestamp();
            var violations = Violations(documents, answer);
            spent += Stopwatch.GetTimestamp() - begun;
            Checked++;
            if (violations.Count > 0)
            {
                Report(answer, violations);
            }
        }
    }

    private void Report(SeenAnswer answer, IReadOnlyList<string> violations) => Recorder.Observe(new IssueObserved
    {
        Rule = "IK5004",
        Level = "warning",
        Category = "product",
        Point = point,
        Title = $"{answer.Method} {answer.Route} answers {answer.Status} in another shape than documented",
        Message = string.Join("; ", violations),
        Evidence = violations,
        Test = answer.Test?.Execution,
        Via = answer.Test is null ? null : Via.Trace,
        Trace = answer.Trace,
    });
}
