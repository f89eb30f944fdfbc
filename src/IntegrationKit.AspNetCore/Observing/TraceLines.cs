using IntegrationKit.Observations;
using IntegrationKit.Scoping;

namespace IntegrationKit.Observing;

/// <summary>What the application did for a test, one line each, in the order in which it began.</summary>
internal static class TraceLines
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Waits for requests that are still on their way out: a client has its answer a moment before the server is done.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(TestScope test)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (test.RequestsInFlight > 0 && !deadline.IsCancellationRequested)
        {
            await Task.Delay(5, CancellationToken.None).ConfigureAwait(false);
        }

        return [.. test.Observations.Select(seen => (Begun: seen.AtUs - Duration(seen.Observation), Line: Line(seen.Observation)))
            .Where(seen => seen.Line is not null).OrderBy(seen => seen.Begun).Select(seen => seen.Line!)];
    }

    private static long Duration(Observation observation) => observation switch
    {
        RequestHandled request => request.DurationUs,
        CallSent call => call.DurationUs,
        SqlExecuted sql => sql.DurationUs,
        _ => 0,
    };

    private static string? Line(Observation observation) => observation switch
    {
        { Origin: not Origin.Application } => null,
        RequestHandled request => $"request {request.Method} {request.Route ?? request.Path} {request.Status}",
        SqlExecuted sql => Sql(sql),
        TransactionEnded ended => $"transaction {ended.Outcome}",
        CallSent call => $"call {Name(call.Point) ?? call.Host} {call.Method} {call.Path} {(call.Status is { } status ? $"{status}" : call.Error)}",
        MessageObserved message => $"{Name(message.Point)} {message.Destination}",
        LogWritten log => $"log {log.Level} {log.Message}",
        _ => null,
    };

    private static string Sql(SqlExecuted sql)
    {
        var verb = sql.Text.TrimStart().Split([' ', '\r', '\n', '\t'], 2)[0].ToLowerInvariant();
        var tables = (sql.Tables ?? []).Select(table => table.Name.StartsWith("public.", StringComparison.Ordinal) ? table.Name[7..] : table.Name).Distinct(StringComparer.Ordinal);
        return $"sql {verb} {string.Join(", ", tables)}{(sql.SqlState is null ? "" : $" {sql.SqlState}")}".TrimEnd();
    }

    private static string? Name(string? point) => point?[(point.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
