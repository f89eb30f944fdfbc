using System.Text.Json.Serialization;
using IntegrationKit.Observations;

namespace IntegrationKit.Journal;

/// <summary>
/// Writes the same JSON as <see cref="JournalJson"/> by straight code without a description of the types, which costs every
/// test process a second of compiling. The writer's own options decide how text is escaped.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
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
internal sealed partial class JournalWriting : JsonSerializerContext;
