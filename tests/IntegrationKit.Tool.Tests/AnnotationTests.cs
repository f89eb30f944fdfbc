using System.Diagnostics;
using IntegrationKit.Samples;

namespace IntegrationKit;

/// <summary>The command as a process of its own: the environment decides what it prints.</summary>
public sealed class AnnotationTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData(null, false)]
    public async Task Lines_are_marked_on_GitHub_and_nowhere_else(string? actions, bool marked)
    {
        using var run = new SampleRun();
        run.Fail("A", "bad");
        run.Done();
        var summary = Path.Combine(run.Folder, "summary.md");
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "report", run.Folder]) { RedirectStandardOutput = true };
        start.Environment["GITHUB_STEP_SUMMARY"] = marked ? "" : summary;
        start.Environment["GITHUB_ACTIONS"] = actions;

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.Contains("::error file=tests/OrderTests.cs,line=12,title=Shop.OrderTests.A::bad\n", StringComparison.Ordinal).Should().Be(marked, output);
        File.Exists(summary).Should().Be(!marked);
    }
}
