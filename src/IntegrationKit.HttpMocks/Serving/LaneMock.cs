using IntegrationKit.Stubs;

namespace IntegrationKit.Serving;

/// <summary>A mock in one lane: its own port, and the scope of the test that has the lane now.</summary>
internal sealed class LaneMock(int index, bool ownsPort = false)
{
    private StubScope? current;

    public int Index => index;

    /// <summary>The listener was opened for the current test and ends with it.</summary>
    public bool OwnsPort => ownsPort;

    public MockListener? Listener { get; set; }

    public StubScope? Current
    {
        get => Volatile.Read(ref current);
        set => Volatile.Write(ref current, value);
    }
}
