namespace IntegrationKit.Databases;

/// <summary>One line of a benchmark: our median beside a peer's, from interleaved rounds on the same machine.</summary>
// Case: For example <c>reset/100/5x10/Respawn</c>.
// Unit: For example ms.
// Ours: Our median.
// Peer: Name and version of what it is compared with.
// PeerValue: The peer's median.
// Ratio: How many times better ours is.
// Floor: What cannot be undercut, for example one lone TRUNCATE.
internal sealed record BenchRow(string Case, string Unit, double Ours, string? Peer = null, double? PeerValue = null, double? Ratio = null, double? Floor = null);
