using System.Text.Json.Serialization;

namespace IntegrationKit.Model;

/// <summary>
/// Writes the same JSON as <see cref="ReportJson"/> by straight code without a description of the types, which takes longer
/// to compile than a small report to write. Holds the whole text in memory; the writer's own options decide how it is escaped.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IntegrationReport))]
internal sealed partial class ReportWriting : JsonSerializerContext;
