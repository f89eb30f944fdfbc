namespace IntegrationKit.Requests;

/// <summary>What a journal keeps at most.</summary>
/// <param name="Entries">Requests; older ones are dropped and counted.</param>
/// <param name="BodyBytes">Bytes of one body; the rest is cut.</param>
internal sealed record JournalLimits(int Entries = 1000, int BodyBytes = 64 * 1024);
