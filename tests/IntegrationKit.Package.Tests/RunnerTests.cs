using System.Text.Json.Nodes;

namespace IntegrationKit.Package.Tests;

/// <summary>The same project under every runner, on both versions of xUnit: one report, one result per test, stable ids.</summary>
public sealed class RunnerTests(PackageFeed feed)
{
    [Fact]
    public async Task Every_runner_of_xunit_3_sees_one_result_per_test()
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
    }

    [Fact]
    public async Task Every_runner_of_xunit_4_sees_one_result_per_test()
    {
        using var sandbox = Sandbox.Of("Plain", feed, "4.0.2");
        await sandbox.BuildAsync();

        var native = await sandbox.DotnetAsync("run", "--no-build");
        native.Output.Should().Contain("Total: 5, Errors: 0, Failed: 0, Skipped: 1, Not Run: 0");
        var ids = Check(native, sandbox);

        Check(await PlatformAsync(sandbox), sandbox).Should().Equal(ids);
    }

    [Fact]
    public async Task Ids_stay_in_another_checkout_with_a_new_sibling_in_another_order()
    {
        using var here = Sandbox.Of("Plain", feed);
        var ids = Check(await here.DotnetAsync("run"), here);
        using var there = Sandbox.Of("Plain", feed, "4.0.2");
        there.Write("Tests.cs", """
            using IntegrationKit;
            using Xunit;

            public sealed class Tests
            {
                [Fact]
                public void A_new_sibling() => Assert.True(true);

                [Theory]
                [InlineData(2)]
                [InlineData(1)]
                public void Rows(int number) => Assert.InRange(number, 1, 2);

                [Fact(Skip = "later")]
                public void Later() => Assert.Fail("never");

                [Fact]
                public void Fails_each_first_time() => Assert.True(true);

                [Fact]
                public void One() => Assert.True(true);
            }
            """);

        var run = await there.DotnetAsync("run");

        run.ExitCode.Should().Be(0, run.Output);
        Ids(there.TakeReport()).Where(test => !test.StartsWith("Tests.A_new_sibling", StringComparison.Ordinal)).Should().Equal(ids);
    }

    private static async Task<Command> PlatformAsync(Sandbox sandbox)
    {
        sandbox.Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        var run = await sandbox.DotnetAsync("test", "--no-build");
        run.Output.Should().MatchRegex(@"total:\s+5\s+failed:\s+0\s+succeeded:\s+4\s+skipped:\s+1");
        return run;
    }

    private static string[] Check(Command run, Sandbox sandbox)
    {
        run.ExitCode.Should().Be(0, run.Output);
        var report = sandbox.TakeReport();
        var summary = report["testResults"]!["summary"]!;
        summary["passed"]!.GetValue<int>().Should().Be(4);
        summary["skipped"]!.GetValue<int>().Should().Be(1);
        summary["flaky"]!.GetValue<int>().Should().Be(1);
        return Ids(report);
    }

    private static string[] Ids(JsonNode report) =>
        [.. report["testResults"]!["tests"]!.AsArray().Select(test => $"{test!["name"]} {test["testId"]}").Order(StringComparer.Ordinal)];
}
