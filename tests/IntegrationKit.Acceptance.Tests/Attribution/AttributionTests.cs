using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IntegrationKit.Acceptance.Tests.Attribution;

public sealed partial class AttributionTests
{
    [Fact]
    public async Task With_eight_threads_every_marker_is_with_the_test_that_planted_it()
    {
        var lines = await RunAsync("-class", "*MarkerSpecimen*", "-explicit", "on", "-maxThreads", "8", "-parallelAlgorithm", "aggressive");

        var markers = lines.Where(line => Event(line) == "test.started").ToDictionary(
            line => line["execution"]!.GetValue<string>(),
            line => Guid.Parse(line["parameters"]![0]!["value"]!.GetValue<string>()).ToString("N"));
        var seen = lines.Where(line => Event(line) is "sql.executed" or "call.sent" or "mock.served" or "request.handled")
            .Select(line => (Event: Event(line), Test: line["test"]?.GetValue<string>(), Marker: Marker(line)))
            .Where(observation => observation.Marker is not null)
            .ToArray();

        markers.Should().HaveCount(48);
        seen.Should().OnlyContain(observation => observation.Test != null && markers[observation.Test] == observation.Marker);
        foreach (var kind in new[] { "sql.executed", "call.sent", "mock.served", "request.handled" })
        {
            seen.Count(observation => observation.Event == kind).Should().Be(48 * 5, kind);
        }

        var heartbeats = lines.Where(line => Event(line) == "sql.executed" && line["text"]!.GetValue<string>().Contains("heartbeat")).ToArray();
        heartbeats.Should().NotBeEmpty().And.OnlyContain(line => line["test"] == null);
    }

    private static string Event(JsonNode line) => line["e"]!.GetValue<string>();

    private static string? Marker(JsonNode line)
    {
        var text = (line["text"] ?? line["path"])!.GetValue<string>().Replace("-", "", StringComparison.Ordinal);
        return MarkerPattern().Match(text) is { Success: true } match ? match.Value : null;
    }

    private static async Task<IReadOnlyList<JsonNode>> RunAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("ik-attribution-").FullName;
        try
        {
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "IntegrationKit.Acceptance.Tests"), arguments)
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
                Environment = { ["INTEGRATIONKIT_REPORT"] = folder },
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.Should().Be(0, output);
            return [.. File.ReadLines(Directory.GetFiles(Path.Combine(folder, "journal")).Single()).Select(line => JsonNode.Parse(line)!)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex MarkerPattern();
}
