using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Redaction;

/// <summary>Applies a redactor to every free text of an event.</summary>
internal static class EventRedaction
{
    public static JournalEvent Apply(JournalEvent journalEvent, Redactor redactor) => journalEvent switch
    {
        TestStarted e => Started(e, redactor),
        TestCasePlanned e => Planned(e, redactor),
        TestFinished { Error: null, Output: null, Reason: null, Warnings: null } => journalEvent,
        TestFinished e => e with
        {
            Error = Error(e.Error, redactor),
            Output = EventText.Of(e.Output, e.Status == TestStatus.Passed ? EventText.PassedOutput : EventText.FailedOutput, redactor),
            Reason = redactor.Redact(e.Reason),
            Warnings = Texts(e.Warnings, redactor),
        },
        FixtureFailed e => e with { Error = Error(e.Error, redactor)! },
        StepFinished e => e with { Name = redactor.Redact(e.Name)! },
        ResourceReported e => e with
        {
            Endpoint = redactor.Redact(e.Endpoint),
            Error = redactor.Redact(e.Error),
            Reason = redactor.Redact(e.Reason),
            Rejected = e.Rejected?.Select(r => r with { Reason = redactor.Redact(r.Reason)! }).ToArray(),
            Details = e.Details?.ToDictionary(d => d.Key, d => redactor.Redact(d.Value)!),
        },
        RequestHandled e => e with { Path = EventText.Of(e.Path, EventText.Name, redactor), Exception = EventText.Of(e.Exception, EventText.Stack, redactor) },
        CallSent e => e with { Path = redactor.Redact(e.Path)!, Error = redactor.Redact(e.Error) },
        MockServed e => e with { Path = redactor.Redact(e.Path)!, NearMiss = redactor.Redact(e.NearMiss) },
        SqlExecuted e => e with { Text = EventText.Of(e.Text, EventText.Message, redactor) },
        LogWritten e => e with { Message = EventText.Of(e.Message, EventText.Message, redactor), Exception = EventText.Of(e.Exception, EventText.Stack, redactor) },
        IssueObserved e => e with
        {
            Title = redactor.Redact(e.Title)!,
            Message = EventText.Of(e.Message, EventText.Message, redactor),
            Evidence = Texts(e.Evidence, redactor),
        },
        FileObserved e => e with { Path = redactor.Redact(e.Path)! },
        RunFinished e => e with { Redactions = redactor.Count },
        RunAborted e => e with { Reason = redactor.Redact(e.Reason)! },
        _ => journalEvent,
    };

    /// <summary>Copies only what holds something to mask, which hardly any test does.</summary>
    private static TestStarted Started(TestStarted e, Redactor redactor)
    {
        var name = EventText.Of(e.Name, EventText.Name, redactor);
        var parameters = Parameters(e.Parameters, redactor);
        var masked = ReferenceEquals(name, e.Name) && ReferenceEquals(parameters, e.Parameters) ? e : e with { Name = name, Parameters = parameters };
        return e is { Categories: null, Workflows: null, Traits: null } ? masked : masked with
        {
            Categories = Texts(e.Categories, redactor),
            Workflows = Texts(e.Workflows, redactor),
            Traits = Traits(e.Traits, redactor),
        };
    }

    private static TestCasePlanned Planned(TestCasePlanned e, Redactor redactor)
    {
        var name = EventText.Of(e.Name, EventText.Name, redactor);
        var masked = ReferenceEquals(name, e.Name) ? e : e with { Name = name };
        return e is { Categories: null, Workflows: null, Traits: null } ? masked : masked with
        {
            Categories = Texts(e.Categories, redactor),
            Workflows = Texts(e.Workflows, redactor),
            Traits = Traits(e.Traits, redactor),
        };
    }

    /// <summary>Their names are the user's texts, too; those that are the same once they are masked become one.</summary>
    private static Dictionary<string, IReadOnlyList<string>>? Traits(IReadOnlyDictionary<string, IReadOnlyList<string>>? traits, Redactor redactor) => traits?
        .GroupBy(trait => redactor.Redact(trait.Key)!, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)group.SelectMany(trait => Texts(trait.Value, redactor)!).ToArray(), StringComparer.Ordinal);

    private static IReadOnlyList<TestParameter>? Parameters(IReadOnlyList<TestParameter>? parameters, Redactor redactor)
    {
        TestParameter[]? masked = null;
        for (var i = 0; i < (parameters?.Count ?? 0); i++)
        {
            var value = EventText.Of(parameters![i].Value, EventText.Name, redactor);
            if (!ReferenceEquals(value, parameters[i].Value))
            {
                masked ??= [.. parameters];
                masked[i] = parameters[i] with { Value = value };
            }
        }

        return masked ?? parameters;
    }

    private static IReadOnlyList<string>? Texts(IReadOnlyList<string>? texts, Redactor redactor) =>
        texts?.Select(text => EventText.Of(text, EventText.Message, redactor)).ToArray();

    private static TestError? Error(TestError? error, Redactor redactor) => error is null
        ? null
        : error with
        {
            Message = EventText.Of(error.Message, EventText.Message, redactor),
            Stack = EventText.Of(error.Stack, EventText.Stack, redactor),
            Inner = error.Inner?.Select(inner => Error(inner, redactor)!).ToArray(),
        };
}
