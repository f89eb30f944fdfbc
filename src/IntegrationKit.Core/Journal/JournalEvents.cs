using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace IntegrationKit.Journal;

/// <summary>The event names of the journal format, both ways.</summary>
internal static class JournalEvents
{
    private static readonly (string Name, JsonTypeInfo Type)[] All =
    [
        ("run.started", JournalJson.Readable.RunStarted),
        ("run.configured", JournalJson.Readable.RunConfigured),
        ("run.planned", JournalJson.Readable.RunPlanned),
        ("testcase.planned", JournalJson.Readable.TestCasePlanned),
        ("finding.suppressed", JournalJson.Readable.FindingSuppressed),
        ("run.finished", JournalJson.Readable.RunFinished),
        ("run.aborted", JournalJson.Readable.RunAborted),
        ("test.started", JournalJson.Readable.TestStarted),
        ("test.finished", JournalJson.Readable.TestFinished),
        ("fixture.failed", JournalJson.Readable.FixtureFailed),
        ("step.finished", JournalJson.Readable.StepFinished),
        ("point.declared", JournalJson.Readable.PointDeclared),
        ("endpoint.declared", JournalJson.Readable.EndpointDeclared),
        ("table.declared", JournalJson.Readable.TableDeclared),
        ("constraint.declared", JournalJson.Readable.ConstraintDeclared),
        ("resource.reported", JournalJson.Readable.ResourceReported),
        ("database.reported", JournalJson.Readable.DatabaseReported),
        ("stubs.reported", JournalJson.Readable.StubsReported),
        ("request.handled", JournalJson.Readable.RequestHandled),
        ("call.sent", JournalJson.Readable.CallSent),
        ("mock.served", JournalJson.Readable.MockServed),
        ("sql.executed", JournalJson.Readable.SqlExecuted),
        ("transaction.ended", JournalJson.Readable.TransactionEnded),
        ("database.reset", JournalJson.Readable.DatabaseReset),
        ("log.written", JournalJson.Readable.LogWritten),
        ("message.observed", JournalJson.Readable.MessageObserved),
        ("file.observed", JournalJson.Readable.FileObserved),
        ("issue.observed", JournalJson.Readable.IssueObserved),
    ];

    private static readonly FrozenDictionary<Type, (byte[] Name, JsonTypeInfo Type)> ByType =
        All.ToFrozenDictionary(entry => entry.Type.Type, entry => (Encoding.UTF8.GetBytes(entry.Name), entry.Type));

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName =
        All.ToFrozenDictionary(entry => entry.Name, entry => entry.Type, StringComparer.Ordinal);

    /// <summary>The name in UTF-8.</summary>
    public static (byte[] Name, JsonTypeInfo Type) Of(JournalEvent journalEvent) => ByType[journalEvent.GetType()];

    public static JsonTypeInfo? Find(string name) => ByName.GetValueOrDefault(name);
}
