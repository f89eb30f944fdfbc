namespace IntegrationKit.Fluent;

/// <summary>Where a declared stub goes while it is being declared.</summary>
internal interface IStubSink
{
    /// <summary>A pattern was started; it has no reply yet.</summary>
    void Started(MockStub stub);

    /// <summary>The stub can answer, or answers differently now.</summary>
    void Changed(MockStub stub);

    /// <summary>How often it should be called; null means that it does not matter.</summary>
    void Expects(MockStub stub, Called? calls);
}

/// <summary>For patterns that only name requests.</summary>
internal sealed class PatternSink : IStubSink
{
    public static readonly PatternSink Instance = new();

    public void Started(MockStub stub)
    {
        // Nothing answers to a pattern in a verification.
    }

    public void Changed(MockStub stub) => throw new InvalidOperationException(
        $"{stub.Draft.Title}: a verification names requests; replies belong to stubs.");

    public void Expects(MockStub stub, Called? calls) => throw new InvalidOperationException(
        $"{stub.Draft.Title}: pass the number of calls to Verify instead.");
}
