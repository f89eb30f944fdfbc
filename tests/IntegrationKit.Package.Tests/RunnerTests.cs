using System.Text.Json.Nodes;

namespace IntegrationKit.Package.Tests;

/// <summary>The same project under every runner, on both versions of xUnit: one report, one result per test, stable ids.</summary>
public sealed class RunnerTests(PackageFeed feed)
{
    [Fact]
    public async Task Every_runner_of_both_versions_sees_one_result_per_test_and_the_same_ids()
    {
        using var sandbox = Sandbox.Of("Plain", feed);
        await sandbox.BuildAsync();

        var native = await sandbox.DotnetAsync("run", "--no-build");
        native.Output.Should().Contain("Total: 5, Errors: 0, Failed: 0, Skipped: 1, Not Run: 0");
        var ids = Check(native, sandbox);

        var vstest = await sandbox.DotnetAsync("test", "--no-build");
        vstest.Output.Should().MatchRegex(@"Failed:\s+0, Passed:\s+4, Skipped:\s+1, Total:\s+5");
        Check(vstest, sandbox).Should().Equal(ids);

        Check(await PlatformAsync(sandbox), sandbox).Should().Equal(ids);

        await OnVersion4Async(ids);
    }

    /// <summary>In another folder, with the rows in another order and a new sibling before them.</summary>
    private async Task OnVersion4Async(string[] ids)
    {
        using var sandbox = Sandbox.Of("Plain", feed, "4.0.2");
        var tests = await File.ReadAllTextAsync(Path.Combine(sandbox.Folder, "Tests.cs"), TestContext.Current.CancellationToken);
        sandbox.Write("Tests.cs", tests
            .Replace("[InlineData(1)]", "[InlineData(0)]", StringComparison.Ordinal)
            .Replace("[InlineData(2)]", "[InlineData(1)]", StringComparison.Ordinal)
            .Replace("[InlineData(0)]", "[InlineData(2)]", StringComparison.Ordinal)
            .Replace("class Tests\n{", "class Tests\n{\n    [Fact(Explicit = true)]\n    public void A_new_sibling() => Assert.True(true);\n", StringComparison.Ordinal));
        await sandbox.BuildAsync();

        var native = await sandbox.DotnetAsync("run", "--no-build");
        native.Output.Should().Contain("Total: 6, Errors: 0, Failed: 0, Skipped: 1, Not Run: 1");
        Check(native, sandbox).Should().Equal(ids);

        Check(await PlatformAsync(sandbox), sandbox).Should().Equal(ids);
    }

    private static async Task<Command> PlatformAsync(Sandbox sandbox)
    {
        sandbox.Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        var run = await sandbox.DotnetAsync("test", "--no-build");
        run.Output.Should().MatchRegex(@"failed:\s+0\s+succeeded:\s+4\s+skipped:\s+[12]");
        return run;
    }

    private static string[] Check(Command run, Sandbox sandbox)
    {
        run.ExitCode.Should().Be(0, run.Output);
        var report = sandbox.TakeReport();
        report["verdict"]!["status"]!.GetValue<string>().Should().Be("success", "no runner may seem to have left a test out");
        var summary = report["testResults"]!["summary"]!;
        summary["passed"]!.GetValue<int>().Should().Be(4);
        summary["skipped"]!.GetValue<int>().Should().Be(1);
        summary["flaky"]!.GetValue<int>().Should().Be(1);
        return Ids(report);
    }

    private static string[] Ids(JsonNode report) =>
        [.. report["testResults"]!["tests"]!.AsArray().Select(test => $"{test!["name"]} {test["testId"]}").Where(test => !test.Contains("A_new_sibling", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
