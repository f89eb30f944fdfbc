namespace IntegrationKit;

/// <summary>What a WireMock.Net mock stands for and how strict it is.</summary>
public sealed class WireMockNetOptions
{
    internal WireMockNetOptions()
    {
    }

    internal List<string> ConfigurationKeys { get; } = [];

    internal bool UnmatchedAllowed { get; private set; }

    internal bool UnusedAllowed { get; private set; }

    /// <summary>The configuration key under which the application finds the service, for example <c>Payments:BaseUrl</c>.</summary>
    public WireMockNetOptions BaseAddress(string configurationKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configurationKey);
        ConfigurationKeys.Add(configurationKey);
        return this;
    }

    /// <summary>A request no mapping matches does not fail its test; it is still an issue of the report. Default: it fails.</summary>
    public WireMockNetOptions AllowUnmatched()
    {
        UnmatchedAllowed = true;
        return this;
    }

    /// <summary>A mapping nobody asked for does not fail the test; it is still an issue of the report. Default: it fails.</summary>
    public WireMockNetOptions AllowUnused()
    {
        UnusedAllowed = true;
        return this;
    }
}
