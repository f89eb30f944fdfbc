namespace IntegrationKit.Facts;

/// <summary>
/// Which statements ran inside which request of one test. All requests of a test share its trace, so the only proof is
/// the request's own time span; a statement inside two overlapping requests belongs to neither.
/// </summary>
internal sealed class RequestWindows
{
    private readonly List<(long From, long To, EndpointFacts Endpoint)> requests = [];
    private readonly List<(long At, string Text)> queries = [];

    public void Request(long endUs, long durationUs, EndpointFacts endpoint) => requests.Add((endUs - durationUs, endUs, endpoint));

    public void Query(long atUs, string text) => queries.Add((atUs, text));

    /// <summary>Every query text that one request repeated, with how often.</summary>
    public IEnumerable<(EndpointFacts Endpoint, string Text, int Count)> Repeated(int threshold)
    {
        if (queries.Count < threshold)
        {
            yield break;
        }

        foreach (var request in requests)
        {
            var alone = !requests.Exists(other => other != request && other.From < request.To && request.From < other.To);
            if (!alone)
            {
                continue;
            }

            var inside = queries.Where(q => q.At >= request.From && q.At <= request.To).GroupBy(q => q.Text, StringComparer.Ordinal);
            foreach (var group in inside.Where(g => g.Count() >= threshold))
            {
                yield return (request.Endpoint, group.Key, group.Count());
            }
        }
    }
}
