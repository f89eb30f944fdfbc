namespace IntegrationKit;

/// <summary>Ways a service fails below HTTP.</summary>
public enum MockFault
{
    /// <summary>The connection is closed without a byte of an answer.</summary>
    EmptyResponse,

    /// <summary>Status 200 and a chunked body that is garbage; then the connection is closed.</summary>
    MalformedResponseChunk,

    /// <summary>Garbage instead of HTTP; then the connection is closed.</summary>
    RandomDataThenClose,

    /// <summary>The connection is reset.</summary>
    ConnectionResetByPeer,

    /// <summary>The connection stays open and no answer ever comes: the caller's own timeout has to end it.</summary>
    NoReply,
}
