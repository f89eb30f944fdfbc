using IntegrationKit.Mappings;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Responding;

/// <summary>What goes out for one request: a response definition with its templates filled in.</summary>
internal sealed record Answer(int Status, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, byte[] Body)
{
    public string? StatusMessage { get; set; }

    public string? StubId { get; set; }

    public TimeSpan Delay { get; set; }

    public ChunkedDribble? Dribble { get; set; }

    public Fault? Fault { get; set; }
}
