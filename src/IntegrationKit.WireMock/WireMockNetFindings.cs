using WireMock.Logging;
using WireMock.Server;

namespace IntegrationKit;

/// <summary>What WireMock.Net's log says is wrong at the end of a test.</summary>
internal sealed record WireMockNetFindings(IReadOnlyList<string> Unmatched, IReadOnlyList<string> Unused)
{
    public static WireMockNetFindings Of(WireMockServer server)
    {
        var used = server.LogEntries.Select(entry => entry.MappingGuid).OfType<Guid>().ToHashSet();
        return new(
            [.. server.LogEntries.Where(entry => entry.MappingGuid is null).Select(Request)],
            [.. server.Mappings.Where(mapping => !used.Contains(mapping.Guid)).Select(mapping => mapping.Title ?? mapping.Guid.ToString())]);
    }

    public static string Request(ILogEntry entry) => $"{entry.RequestMessage?.Method} {entry.RequestMessage?.Path}";

    public void ThrowIfFailed(string mock, bool strictUnmatched, bool strictUnused)
    {
        List<string> failures = [];
        if (strictUnmatched)
        {
            failures.AddRange(Unmatched.Select(request => $"no mapping matched {request}."));
        }

        if (strictUnused)
        {
            failures.AddRange(Unused.Select(mapping => $"mapping {mapping} was never called."));
        }

        if (failures.Count > 0)
        {
            throw new MockVerificationException($"Mock '{mock}': {string.Join(Environment.NewLine, failures)}");
        }
    }
}
