using IntegrationKit.Observations;

namespace IntegrationKit.Redaction;

/// <summary>The texts of observations: what an application called, answered, logged and wrote.</summary>
internal static class ObservationRedaction
{
    public static Observation Apply(Observation observation, Redactor redactor) => observation switch
    {
        RequestHandled e => e with
        {
            Path = EventText.Of(e.Path, EventText.Name, redactor),
            Query = e.Query?.Select(parameter => redactor.Redact(parameter)!).ToArray(),
            User = redactor.Redact(e.User),
            Exception = EventText.Of(e.Exception, EventText.Stack, redactor),
        },
        CallSent e => e with { Host = redactor.Redact(e.Host)!, Path = redactor.Redact(e.Path)!, Error = redactor.Redact(e.Error) },
        MockServed e => e with
        {
            Path = redactor.Redact(e.Path)!,
            StubName = redactor.Redact(e.StubName),
            Operation = redactor.Redact(e.Operation),
            NearMiss = redactor.Redact(e.NearMiss),
        },
        SqlExecuted e => e with { Text = EventText.Of(e.Text, EventText.Message, redactor) },
        LogWritten e => e with
        {
            Category = redactor.Redact(e.Category)!,
            Message = EventText.Of(e.Message, EventText.Message, redactor),
            Exception = EventText.Of(e.Exception, EventText.Stack, redactor),
        },
        MessageObserved e => e with { Destination = redactor.Redact(e.Destination)!, Error = redactor.Redact(e.Error) },
        FileObserved e => e with { Path = redactor.Redact(e.Path)! },
        _ => observation,
    };
}
