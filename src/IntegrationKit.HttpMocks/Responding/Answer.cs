using IntegrationKit.Mappings;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Responding;

/// <summary>What goes out for one request: a response definition with its templates filled in.</summary>
internal sealed record Answer(int Status, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, byte[] Body)
{
    public string? StatusMessage { get; init; }

    public string? StubId { get; init; }

    public TimeSpan Delay { get; init; }

    public ChunkedDribble? Dribble { get; init; }

    public Fault? Fault { get; init; }
}
