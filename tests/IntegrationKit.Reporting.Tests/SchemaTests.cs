using System.Text.Json;
using IntegrationKit.Model;
using IntegrationKit.Samples;

namespace IntegrationKit;

/// <summary>The published schema is the types, and the types are the schema.</summary>
public sealed class SchemaTests
{
    /// <summary>Set to the schema's path to write it anew after a deliberate change of the model.</summary>
    private const string UpdateVariable = "INTEGRATIONKIT_UPDATE_SCHEMA";

    [Fact]
    public void The_published_schema_equals_the_types()
    {
        var exported = Export();
        if (Environment.GetEnvironmentVariable(UpdateVariable) is { Length: > 0 } path)
        {
            File.WriteAllText(path, exported);
        }

        ReportSchema.Text.Should().Be(exported, $"set {UpdateVariable} to the file's path and run this test to bring it up to date");
    }

    [Fact]
    public void A_report_holds_nothing_that_strict_reading_does_not_know()
    {
        using var run = ShopRun.Record();

        ReportReader.Read(run.Write().Paths[0]).TestResults.Tests.Should().HaveCount(5);
    }

    [Fact]
    public void A_report_of_another_major_version_is_refused()
    {
        using var run = ShopRun.Record();
        var path = run.Write().Paths[0];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"schemaVersion\":\"1.0\"", "\"schemaVersion\":\"2.0\"", StringComparison.Ordinal));

        var read = () => ReportReader.Read(path);

        read.Should().Throw<JsonException>().WithMessage("*2.0 is not IntegrationReport 1.x*");
    }

    /// <summary>By a library that knows nothing of the types: what is absent must not be required, what is there must fit.</summary>
    [Fact]
    public async Task Reports_of_every_kind_are_valid_by_the_published_schema()
    {
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(ReportSchema.Text, TestContext.Current.CancellationToken);
        using var shop = ShopRun.Record();
        using var killed = new SampleRun(shard: "1/2", shards: 2);
        killed.Start("A");
        killed.Abandon();
        var report = shop.Report();
        List<string> paths = [.. new[] { shop, killed }.Select(run => run.Write().Paths[0])];
        paths.Add(ReportFiles.Write(Comparing.ReportComparison.Apply(report, killed.Report()), Path.Combine(shop.Folder, "compared"), ReportOptions.Default, [])[0]);

        foreach (var path in paths)
        {
            schema.Validate(File.ReadAllText(path)).Select(error => error.ToString()).Should().BeEmpty(path);
        }
    }

    [Theory]
    [InlineData("\"verdict\":{\"status\":\"failure\"", "\"verdict\":{\"status\":\"bad\"")]
    [InlineData("\"reportId\":", "\"reportIdentity\":")]
    [InlineData("\"startedAt\":\"2026", "\"startedAt\":\"soon")]
    public async Task A_report_that_is_none_is_not_valid(string part, string instead)
    {
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(ReportSchema.Text, TestContext.Current.CancellationToken);
        using var run = ShopRun.Record();
        var text = File.ReadAllText(run.Write().Paths[0]);

        text.Should().Contain(part);
        schema.Validate(text.Replace(part, instead, StringComparison.Ordinal)).Should().NotBeEmpty();
    }

    private static string Export() => SchemaExport.Of(IntegrationReport.CurrentSchema, typeof(IntegrationReport), ReportJson.Canonical.Options);
}
