using System.Text.Json.Serialization;

namespace IntegrationKit.Journal;

/// <summary>
/// One line of the journal. Everything the report says is derived from these events and nothing else.
/// <see cref="Sequence"/> and <see cref="AtUs"/> come from the line's place in the journal; publishers leave them alone.
/// </summary>
internal abstract record JournalEvent
{
    /// <summary>1, 2, 3 … per journal file; a gap means a damaged file.</summary>
    [JsonPropertyName("seq"), JsonPropertyOrder(-20), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Sequence { get; set; }

    /// <summary>Microseconds since the run started.</summary>
    [JsonPropertyName("at"), JsonPropertyOrder(-19), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long AtUs { get; set; }
}
