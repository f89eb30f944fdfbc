using System.Diagnostics;
using IntegrationKit.Databases;

namespace IntegrationKit.Resets;

/// <summary>
/// Connections that the test before opened and nobody gave back to their pool. A background worker may hold one for a
/// moment, and a request's services are disposed a little after its answer has arrived, so only what lasts is reported.
/// </summary>
internal static class ConnectionLeaks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // reported: whatever is still open was cut off by us, and why was reported already.
    public static async Task CheckAsync(LaneDatabase database, bool reported, CancellationToken cancellationToken)
    {
        if (reported)
        {
            database.LeaksReported = ClientPools.Busy(database.Name);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        int busy;
        while ((busy = ClientPools.Busy(database.Name) - database.LeaksReported) > 0 && Stopwatch.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(5, cancellationToken).ConfigureAwait(false);
        }

        if (busy > 0)
        {
            database.LeaksReported += busy;
            Issues.LeakedConnections(database, busy);
        }
    }
}
