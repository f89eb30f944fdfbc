namespace IntegrationKit.Package.Tests;

public sealed class RegistrationTests(PackageFeed feed)
{
    [Theory]
    [InlineData("3.2.2")]
    [InlineData("4.0.2")]
    public async Task Referencing_the_package_is_enough(string xunit)
    {
        using var sandbox = Sandbox.Of("Plain", feed, xunit);

        var run = await sandbox.DotnetAsync("run");

        run.ExitCode.Should().Be(0, run.Output);
        var summary = sandbox.TakeReport()["testResults"]!["summary"]!;
        summary["passed"]!.GetValue<int>().Should().Be(3);
        summary["skipped"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task A_property_keeps_the_framework_out()
    {
        using var sandbox = Sandbox.Of("Plain", feed);

        var run = await sandbox.DotnetAsync("run", "-p:IntegrationKitRegisterTestFramework=false");

        run.ExitCode.Should().Be(0, run.Output);
        sandbox.HasReport.Should().BeFalse();
    }

    [Theory]
    [InlineData("FSharp", ".")]
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
