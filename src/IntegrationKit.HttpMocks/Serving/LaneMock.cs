using IntegrationKit.Stubs;

namespace IntegrationKit.Serving;

/// <summary>A mock in one lane: its own port, and the scope of the test that has the lane now.</summary>
internal sealed class LaneMock(int index)
{
    private StubScope? current;

    public int Index => index;

    public MockListener? Listener { get; set; }

    public StubScope? Current
    {
        get => Volatile.Read(ref current);
        set => Volatile.Write(ref current, value);
    }
}
