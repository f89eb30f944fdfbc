using System.Diagnostics;
using IntegrationKit.Databases;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;

namespace IntegrationKit.Observing;

/// <summary>
/// The ends of transactions on lanes' databases, from two sources. Npgsql's log tells of every one, but only where a data
/// source logs to us; Entity Framework tells of its own, whatever its data source. One that both tell of is published once.
/// </summary>
internal static class EndedTransactions
{
    private static readonly Lazy<bool> Observers = new(() =>
    {
        TransactionLoggerFactory.HearConnectionStrings();
        EntityFrameworkListener.Subscribe();
        return true;
    });

    /// <summary>Starts listening, once per process.</summary>
    public static void Start() => _ = Observers.Value;

    public static void Publish(LaneDatabase lane, string outcome)
    {
        var activity = Activity.Current;
        var whose = Attribution.Of(activity);
        lane.Transactions.Add(outcome);
        Recorder.Observe(new TransactionEnded
        {
            Point = lane.Point,
            Outcome = outcome,
            Test = whose.Test,
            Via = whose.Via,
            Origin = whose.Origin,
            Trace = activity?.TraceId.ToHexString(),
            Lane = lane.Lane,
        });
    }
}
