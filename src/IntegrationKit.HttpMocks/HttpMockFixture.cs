namespace IntegrationKit;

/// <summary>A fixture of one HTTP mock. Derive to name it and to set its options; use it as any xUnit fixture.</summary>
/// <example><code>public sealed class PaymentsFixture() : HttpMockFixture("payments");</code></example>
public abstract class HttpMockFixture : IntegrationFixture
{
    /// <param name="name">Name of the integration point in the report.</param>
    protected HttpMockFixture(string name) => Mock = Use(new HttpMock(name, Configure));

    /// <summary>The mock; its members are about the running test.</summary>
    public HttpMock Mock { get; }

    /// <summary>Sets the mock's options. Called once, from the constructor. Default: nothing to set.</summary>
    protected virtual void Configure(HttpMockOptions options)
    {
    }
}
