namespace IntegrationKit.Package.Tests;

public sealed class RegistrationTests(PackageFeed feed)
{
    [Fact]
    public async Task A_property_keeps_the_framework_out()
    {
        using var sandbox = Sandbox.Of("VisualBasic", feed);

        var run = await sandbox.DotnetAsync("run", "-p:IntegrationKitRegisterTestFramework=false");

        run.ExitCode.Should().Be(0, run.Output);
        sandbox.HasReport.Should().BeFalse();
    }

    [Theory]
    [InlineData("FSharp", ".")]
    [InlineData("VisualBasic", ".")]
    [InlineData("OwnFramework", ".")]
    [InlineData("Transitive", "Suite")]
    public async Task Other_languages_frameworks_and_references_work(string project, string suite)
    {
        using var sandbox = Sandbox.Of(project, feed);

        var run = await sandbox.DotnetAsync("run", "--project", suite);

        run.ExitCode.Should().Be(0, run.Output);
        sandbox.TakeReport()["testResults"]!["summary"]!["passed"]!.GetValue<int>().Should().Be(1);
    }
}
