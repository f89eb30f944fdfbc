using System.Text.Json.Nodes;

namespace IntegrationKit.Package.Tests;

/// <summary>The README's promise: reference one package, write 15 lines, run with any runner, read a report.</summary>
public sealed class NewcomerTests(PackageFeed feed)
{
    private const string Project = "App.Tests";

    private static readonly string[] Sections =
        ["testScope", "testEnvironment", "testsWritten", "testResults", "coverage", "issues", "recommendations"];

    [Fact]
    public async Task One_test_gives_the_same_report_under_every_runner()
    {
        using var sandbox = Sandbox.Of("Newcomer", feed);
        await sandbox.BuildAsync(Project);

        var native = await sandbox.DotnetAsync("run", "--no-build", "--project", Project);
        native.ExitCode.Should().Be(0, native.Output);
        Check(sandbox.TakeReport());

        var vstest = await sandbox.DotnetAsync("test", Project, "--no-build");
        vstest.ExitCode.Should().Be(0, vstest.Output);
        Check(sandbox.TakeReport());

        sandbox.Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        var platform = await sandbox.DotnetAsync("test", "--project", Project, "--no-build");
        platform.ExitCode.Should().Be(0, platform.Output);
        Check(sandbox.TakeReport());
    }

    [Fact]
    public async Task The_same_build_runs_on_xunit_4()
    {
        using var sandbox = Sandbox.Of("Newcomer", feed, xunit: "4.0.2");

        var run = await sandbox.DotnetAsync("run", "--project", Project);

        run.ExitCode.Should().Be(0, run.Output);
        Check(sandbox.TakeReport());
    }

    private static void Check(JsonNode report)
    {
        report.AsObject().Select(property => property.Key).Should().Contain(Sections);
        report["testResults"]!["summary"]!["passed"]!.GetValue<int>().Should().Be(1);
        var text = report["coverage"]!.ToJsonString();
        text.Should().Contain("/notes").And.Contain("/never").And.Contain("note");
        report["recommendations"]!.ToJsonString().Should().Contain("/never");
    }
}
