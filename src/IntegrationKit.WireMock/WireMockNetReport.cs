using System.Globalization;
using IntegrationKit.Journal;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;
using WireMock.Server;

namespace IntegrationKit;

/// <summary>Tells the report what a WireMock.Net server answered, from its log entries.</summary>
internal sealed class WireMockNetReport(string name)
{
    public string Point { get; } = $"http:{name}";

    public void Listening(string url, TimeSpan took) => Recorder.Observe(new ResourceReported
    {
        Resource = $"mock:{name}",
        Kind = "http_mock",
        Name = name,
        Version = typeof(WireMockServer).Assembly.GetName().Version?.ToString(3),
        Provider = "WireMock.Net",
        Endpoint = url,
        State = "ready",
        StartUs = (long)took.TotalMicroseconds,
    });

    /// <summary>The lane's server served this test alone: its log is the test's.</summary>
    public void Ended(WireMockServer server, WireMockNetFindings findings, TestScope test, int lane)
    {
        foreach (var entry in server.LogEntries)
        {
            Recorder.Observe(new MockServed
            {
                Point = Point,
                Method = entry.RequestMessage?.Method ?? "",
                Path = entry.RequestMessage?.Path ?? "",
                Matched = entry.MappingGuid is not null,
                StubId = entry.MappingGuid?.ToString(),
                StubName = entry.MappingTitle,
                Status = int.TryParse(Convert.ToString(entry.ResponseMessage?.StatusCode, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var status) ? status : null,
                Test = test.Execution,
                Via = Via.Lane,
                Lane = lane,
            });
        }

        Recorder.Observe(new StubsReported
        {
            Point = Point,
            Test = test.Execution,
            Defined = server.Mappings.Count,
            Used = server.Mappings.Count - findings.Unused.Count,
            Unused = findings.Unused.Count == 0 ? null : findings.Unused,
        });
        Issues("IK5001", "Unmatched request", "no mapping matched {0}", findings.Unmatched, test);
        Issues("IK5002", "Unused stub", "mapping {0} was never called", findings.Unused, test);
    }

    private void Issues(string rule, string title, string message, IEnumerable<string> subjects, TestScope test)
    {
        foreach (var subject in subjects)
        {
            Recorder.Observe(new IssueObserved
            {
                Rule = rule,
                Level = rule == "IK5001" ? "error" : "warning",
                Category = "test",
                Title = title,
                Message = $"Mock '{name}': {message.Replace("{0}", subject, StringComparison.Ordinal)}",
                Point = Point,
                Resource = $"mock:{name}",
                Test = test.Execution,
                Via = Via.Lane,
                Origin = Origin.Kit,
            });
        }
    }
}
