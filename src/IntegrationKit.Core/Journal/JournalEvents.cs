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

    private static readonly Dictionary<string, JournalEventKind> ByName = Kinds();
    private static readonly Dictionary<Type, JournalEventKind> ByType = Types();
    private static readonly JournalEventKind Started = ByType[typeof(TestStarted)];
    private static readonly JournalEventKind Finished = ByType[typeof(TestFinished)];

    /// <summary>The two events every test has are not looked up.</summary>
    public static JournalEventKind Of(JournalEvent journalEvent) => journalEvent switch
    {
        TestStarted => Started,
        TestFinished => Finished,
        _ => ByType[journalEvent.GetType()],
    };

    public static JsonTypeInfo? Find(string name) => ByName.GetValueOrDefault(name)?.Json;

    private static Dictionary<string, JournalEventKind> Kinds()
    {
        Dictionary<string, JournalEventKind> kinds = new(StringComparer.Ordinal);
        foreach (var (name, type) in All)
        {
            kinds[name] = new JournalEventKind(name, type);
        }

        return kinds;
    }

    private static Dictionary<Type, JournalEventKind> Types()
    {
        Dictionary<Type, JournalEventKind> types = [];
        foreach (var (name, type) in All)
        {
            types[type] = ByName[name];
        }

        return types;
    }
}

/// <summary>An event by its name in the format. How it is serialised is worked out when the first one comes along.</summary>
internal sealed class JournalEventKind(string name, Type type)
{
    private JsonTypeInfo? json;
    private JsonTypeInfo? writing;

    /// <summary>How its lines begin, in UTF-8: up to their number.</summary>
    public byte[] Head { get; } = Encoding.UTF8.GetBytes($"{{\"e\":\"{name}\",\"seq\":");

    /// <summary>For reading.</summary>
    public JsonTypeInfo Json => json ??= JournalJson.Readable.GetTypeInfo(type)!;

    public JsonTypeInfo Writing => writing ??= JournalWriting.Default.GetTypeInfo(type)!;
}
