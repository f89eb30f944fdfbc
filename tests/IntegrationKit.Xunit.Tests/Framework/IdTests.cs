using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Framework;

public sealed class IdTests
{
    /// <summary>Else a comparison with the last run would take a row that is skipped now for a removed and a new test.</summary>
    [Theory]
    [InlineData(TestStatus.Skipped)]
    [InlineData(TestStatus.Skipped, "-preEnumerateTheories")]
    [InlineData(TestStatus.Error, "-preEnumerateTheories")] // else xUnit never finds the rows
    public async Task A_test_that_does_not_run_has_the_id_and_the_parameters_of_one_that_does(string status, params string[] arguments)
    {
        var ran = await IdsAsync(TestStatus.Passed, []);
        var other = await IdsAsync(status, arguments);

        other.Should().HaveCount(3).And.OnlyHaveUniqueItems().And.BeEquivalentTo(ran);
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(string status, string[] arguments)
    {
        using var run = SpecimenRun.Start<SkippingSpecimen>(new Dictionary<string, string> { [SkippingSpecimen.Variable] = status }, arguments);
        await run.WaitAsync();
        run.Journal().OfType<TestFinished>().Should().HaveCount(3).And.OnlyContain(test => test.Status == status);
        return [.. run.Journal().OfType<TestStarted>().Select(test =>
            $"{test.TestId} {string.Join(", ", (test.Parameters ?? []).Select(parameter => parameter.Name + "=" + parameter.Value))}")];
    }
}
