using IntegrationKit.Sharding;

namespace IntegrationKit.Runs;

/// <summary>Which part of a suite a run is about.</summary>
/// <param name="Shard">Null for a run that is not one of several.</param>
/// <param name="Split">How the suite was split; see <see cref="ShardPart"/>.</param>
/// <param name="SuiteSize">Cases before filter and split.</param>
internal sealed record RunSelection(Shard? Shard, string? Split, int SuiteSize);
