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
        TestFinished { Error: null, Output: null, Reason: null, Warnings: null, Attachments: null } => journalEvent,
        TestFinished e => Finished(e, redactor),
        FixtureFailed e => e with { Name = redactor.Redact(e.Name)!, Error = new TestTextRedaction(redactor).Apply(e.Error) },
        StepFinished e => e with { Name = redactor.Redact(e.Name)! },
        ResourceReported e => e with
        {
            Name = redactor.Redact(e.Name)!,
            Endpoint = redactor.Redact(e.Endpoint),
            Error = redactor.Redact(e.Error),
            Reason = redactor.Redact(e.Reason),
            Rejected = e.Rejected?.Select(r => r with { Reason = redactor.Redact(r.Reason)! }).ToArray(),
            Details = e.Details?.ToDictionary(d => d.Key, d => redactor.Redact(d.Value)!),
        },
        StubsReported e => e with { Unused = Texts(e.Unused, redactor) },
        IssueObserved e => e with
        {
            Title = redactor.Redact(e.Title)!,
            Message = EventText.Of(e.Message, EventText.Message, redactor),
            Evidence = Texts(e.Evidence, redactor),
        },
        Observation e => ObservationRedaction.Apply(e, redactor),
        RunFinished e => e with { Redactions = redactor.Count },
        RunAborted e => e with { Reason = redactor.Redact(e.Reason)! },
        _ => journalEvent,
    };

    private static TestFinished Finished(TestFinished e, Redactor redactor)
    {
        var said = new TestTextRedaction(redactor);
        var output = said.Keep(e.Output, e.Status == TestStatus.Passed ? EventText.PassedOutput : EventText.FailedOutput, out var cut);
        return e with
        {
            Error = e.Error is null ? null : said.Apply(e.Error),
            Output = output,
            OutputCut = cut,
            Reason = said.Keep(e.Reason, EventText.Message, out _),
            Warnings = e.Warnings?.Select(warning => said.Keep(warning, EventText.Message, out _)!).ToArray(),
            Attachments = e.Attachments?.Select(file => file with { Name = said.Keep(file.Name, EventText.Name, out _)! }).ToArray(),
            Masked = said.Masked,
        };
    }

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
            var value = EventText.Of(parameters![i].Value, EventText.Parameter, redactor);
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
}
