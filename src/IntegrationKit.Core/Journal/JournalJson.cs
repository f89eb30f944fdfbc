using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationKit.Observations;

namespace IntegrationKit.Journal;

/// <summary>The journal's JSON: one object per line, <c>e</c> names the event, absent means null.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(RunConfigured))]
[JsonSerializable(typeof(RunPlanned))]
[JsonSerializable(typeof(TestCasePlanned))]
[JsonSerializable(typeof(FindingSuppressed))]
[JsonSerializable(typeof(RunFinished))]
[JsonSerializable(typeof(RunAborted))]
[JsonSerializable(typeof(TestStarted))]
[JsonSerializable(typeof(TestFinished))]
[JsonSerializable(typeof(FixtureFailed))]
[JsonSerializable(typeof(StepFinished))]
[JsonSerializable(typeof(PointDeclared))]
[JsonSerializable(typeof(EndpointDeclared))]
[JsonSerializable(typeof(TableDeclared))]
[JsonSerializable(typeof(ConstraintDeclared))]
[JsonSerializable(typeof(ResourceReported))]
[JsonSerializable(typeof(DatabaseReported))]
[JsonSerializable(typeof(StubsReported))]
[JsonSerializable(typeof(RequestHandled))]
[JsonSerializable(typeof(CallSent))]
[JsonSerializable(typeof(MockServed))]
[JsonSerializable(typeof(SqlExecuted))]
[JsonSerializable(typeof(TransactionEnded))]
[JsonSerializable(typeof(DatabaseReset))]
[JsonSerializable(typeof(LogWritten))]
[JsonSerializable(typeof(MessageObserved))]
[JsonSerializable(typeof(FileObserved))]
[JsonSerializable(typeof(IssueObserved))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>Text is kept readable; the writers escape for their own formats.</summary>
    public static JournalJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
