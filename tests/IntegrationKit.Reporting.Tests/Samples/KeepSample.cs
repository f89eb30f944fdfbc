namespace IntegrationKit.Samples;

/// <summary>Writes the sample report to the folder named by INTEGRATIONKIT_SAMPLE_OUT, for looking at it.</summary>
public sealed class KeepSample
{
    [Fact]
    public void The_sample_can_be_kept_for_looking_at_it()
    {
        using var run = ShopRun.Record();
        var target = Environment.GetEnvironmentVariable("INTEGRATIONKIT_SAMPLE_OUT") ?? Path.Combine(run.Folder, "kept");

        var result = ReportFiles.Write(run.Journal, target);

        result.Paths.Should().HaveCount(5);
    }
}
