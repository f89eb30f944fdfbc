using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
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

    private static string Export()
    {
        var node = ReportJson.Canonical.Options.GetJsonSchemaAsNode(typeof(IntegrationReport), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = IntegrationReport.CurrentSchema, ["title"] = "Integration report" };
        foreach (var (name, value) in node.AsObject().ToList())
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }
}
