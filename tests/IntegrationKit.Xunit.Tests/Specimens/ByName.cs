using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>xUnit's own order is random; a specimen that is about an order needs one.</summary>
public sealed class ByName : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : ITestCase => [.. testCases.OrderBy(testCase => testCase.TestCaseDisplayName, StringComparer.Ordinal)];
}
