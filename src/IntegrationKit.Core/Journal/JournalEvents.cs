using System.Text;
using System.Text.Json.Serialization.Metadata;
using IntegrationKit.Observations;

namespace IntegrationKit.Journal;

/// <summary>The event names of the journal format, both ways.</summary>
internal static class JournalEvents
{
    private static readonly (string Name, Type Type)[] All =
    [
        ("run.started", typeof(RunStarted)),
        ("run.configured", typeof(RunConfigured)),
        ("run.planned", typeof(RunPlanned)),
        ("testcase.planned", typeof(TestCasePlanned)),
        ("finding.suppressed", typeof(FindingSuppressed)),
        ("run.finished", typeof(RunFinished)),
        ("run.aborted", typeof(RunAborted)),
        ("test.started", typeof(TestStarted)),
        ("test.finished", typeof(TestFinished)),
        ("fixture.failed", typeof(FixtureFailed)),
        ("step.finished", typeof(StepFinished)),
        ("point.declared", typeof(PointDeclared)),
        ("endpoint.declared", typeof(EndpointDeclared)),
        ("table.declared", typeof(TableDeclared)),
        ("constraint.declared", typeof(ConstraintDeclared)),
        ("resource.reported", typeof(ResourceReported)),
        ("database.reported", typeof(DatabaseReported)),
        ("stubs.reported", typeof(StubsReported)),
        ("request.handled", typeof(RequestHandled)),
        ("call.sent", typeof(CallSent)),
        ("mock.served", typeof(MockServed)),
        ("sql.executed", typeof(SqlExecuted)),
        ("transaction.ended", typeof(TransactionEnded)),
        ("database.reset", typeof(DatabaseReset)),
        ("log.written", typeof(LogWritten)),
        ("message.observed", typeof(MessageObserved)),
        ("file.observed", typeof(FileObserved)),
        ("issue.observed", typeof(IssueObserved)),
    ];

    private static readonly Dictionary<Type, JournalEventKind> ByType = [];
    private static readonly Dictionary<string, JournalEventKind> ByName = new(StringComparer.Ordinal);

    static JournalEvents()
    {
        foreach (var (name, type) in All)
        {
            ByName[name] = ByType[type] = new JournalEventKind(name, type);
        }
    }

    public static JournalEventKind Of(JournalEvent journalEvent) => ByType[journalEvent.GetType()];

    public static JsonTypeInfo? Find(string name) => ByName.GetValueOrDefault(name)?.Json;
}

/// <summary>An event by its name in the format. How it is serialised is worked out when the first one comes along.</summary>
internal sealed class JournalEventKind(string name, Type type)
{
    private JsonTypeInfo? json;
    private JsonTypeInfo? writing;

    /// <summary>In UTF-8.</summary>
    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>For reading.</summary>
    public JsonTypeInfo Json => json ??= JournalJson.Readable.GetTypeInfo(type)!;

    public JsonTypeInfo Writing => writing ??= JournalWriting.Default.GetTypeInfo(type)!;
}
