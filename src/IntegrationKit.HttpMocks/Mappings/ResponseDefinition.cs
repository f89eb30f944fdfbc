using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Mappings;

/// <summary>What a stub answers. Immutable; bodies are bytes already unless they are templates.</summary>
internal sealed record ResponseDefinition
{
    public int Status { get; init; } = 200;

    public string? StatusMessage { get; init; }

    public IReadOnlyList<KeyValuePair<string, StringValues>> Headers { get; init; } = [];

    /// <summary>The body, or null for none. With <see cref="IsTemplate"/> it is the template's UTF-8 text.</summary>
    public byte[]? Body { get; init; }

    /// <summary>File below <c>__files</c>; may be a template too.</summary>
    public string? BodyFile { get; init; }

    public bool IsBinary { get; init; }

    /// <summary>Body, headers and body file name are templates.</summary>
    public bool IsTemplate { get; init; }

    public MappingNode? TransformerParameters { get; init; }

    public DelayDistribution? Delay { get; init; }

    public ChunkedDribble? Dribble { get; init; }

    public Fault? Fault { get; init; }

    public ProxyDefinition? Proxy { get; init; }
}

/// <summary>The four ways to break an answer on the wire.</summary>
internal enum Fault
{
    EmptyResponse,
    MalformedResponseChunk,
    RandomDataThenClose,
    ConnectionResetByPeer,
}

/// <param name="Chunks">How many pieces the body is sent in.</param>
/// <param name="Total">Over how long.</param>
internal sealed record ChunkedDribble(int Chunks, TimeSpan Total);

/// <summary>Pass the request on and answer what the target answers.</summary>
internal sealed record ProxyDefinition(
    Uri BaseUrl, string? PrefixToRemove, IReadOnlyList<KeyValuePair<string, string>> AddHeaders, IReadOnlyList<string> RemoveHeaders);
