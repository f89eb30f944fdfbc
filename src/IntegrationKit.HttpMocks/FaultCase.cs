using IntegrationKit.Faults;
using Xunit.Sdk;

namespace IntegrationKit;

/// <summary>One way a service misbehaves; see <see cref="FaultMatrixAttribute"/>. Immutable.</summary>
public sealed class FaultCase : IXunitSerializable, IFaultCases
{
    /// <summary>How long the slow answer takes: two seconds.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private static readonly string[] Kinds = ["slow", "timeout", "reset", "empty", "malformed", "garbage", "500", "503"];

    /// <summary>For xUnit's deserialisation only.</summary>
    public FaultCase()
    {
    }

    private FaultCase(string mock, string kind)
    {
        Mock = mock;
        Kind = kind;
    }

    /// <summary>Name of the mock.</summary>
    public string Mock { get; private set; } = "";

    /// <summary>slow, timeout, reset, empty, malformed, garbage, 500 or 503.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>For the test's name: mock and kind.</summary>
    public override string ToString() => $"{Mock}: {Kind}";

    void IXunitSerializable.Serialize(IXunitSerializationInfo info)
    {
        info.AddValue("mock", Mock);
        info.AddValue("kind", Kind);
    }

    void IXunitSerializable.Deserialize(IXunitSerializationInfo info)
    {
        Mock = info.GetValue<string>("mock") ?? "";
        Kind = info.GetValue<string>("kind") ?? "";
    }

    IEnumerable<KeyValuePair<string, object>> IFaultCases.Of(string resource) =>
        Kinds.Select(kind => KeyValuePair.Create<string, object>(kind, new FaultCase(resource, kind)));

    internal MockStub ApplyTo(MockStub stub) => Kind switch
    {
        "slow" => stub.Reply(200).After(Slow),
        "timeout" => stub.ReplyFault(MockFault.NoReply),
        "reset" => stub.ReplyFault(MockFault.ConnectionResetByPeer),
        "empty" => stub.ReplyFault(MockFault.EmptyResponse),
        "malformed" => stub.ReplyFault(MockFault.MalformedResponseChunk),
        "garbage" => stub.ReplyText(200, "<<< not what you expect >>>", "application/json"),
        "503" => stub.Reply(503),
        _ => stub.Reply(500),
    };
}
