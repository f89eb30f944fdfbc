namespace IntegrationKit;

/// <summary>Entry points: <c>Should()</c> for the resources of a fixture.</summary>
public static class IntegrationAssertions
{
    /// <summary>Assertions about the content of the test's database.</summary>
    /// <example><code>await shop.Database.Should().HaveNoRowsAsync("orders");</code></example>
    public static PostgresDatabaseAssertions Should(this PostgresDatabase database) => new(database);

    /// <summary>Assertions about what the application asked the mock for in this test.</summary>
    /// <example><code>shop.Payments.Should().HaveReceived("POST", "/v1/charges", Called.Once);</code></example>
    public static HttpMockAssertions Should(this HttpMock mock) => new(mock);

    /// <summary>Assertions about the files the application wrote in this test.</summary>
    public static FileSandboxAssertions Should(this FileSandbox files) => new(files);

    /// <summary>Assertions about the report of a finished run.</summary>
    /// <example><code>WrittenReport.Read(path).Should().HaveNoFindings().And.CoverEndpoint("GET", "/orders");</code></example>
    public static WrittenReportAssertions Should(this WrittenReport report) => new(report);
}
