using IntegrationKit.Facts;
using IntegrationKit.Model;
using IntegrationKit.Observations;

namespace IntegrationKit.Building;

/// <summary>Writes observations into the timeline of the test they belong to.</summary>
internal sealed class InteractionNotes(StringPool pool)
{
    private const int NameLimit = 240;

    public void Note(ExecutionFacts? execution, Observation observation, string kind, string name, string? outcome, long durationUs)
    {
        if (execution is null)
        {
            return;
        }

        execution.Note(new Interaction
        {
            Kind = kind,
            IntegrationPointId = pool.Get(PointOf(observation)),
            Name = pool.Get(name.Length > NameLimit ? name[..NameLimit] + "…" : name),
            Outcome = pool.Get(outcome),
            Origin = observation.Origin == Observations.Origin.Application ? null : pool.Get(observation.Origin),
            StartOffsetUs = Math.Max(0, observation.AtUs - durationUs) - execution.StartUs,
            DurationUs = durationUs,
        });
    }

    private static string? PointOf(Observation observation) => observation switch
    {
        RequestHandled e => e.Point,
        CallSent e => e.Point,
        SqlExecuted e => e.Point,
        TransactionEnded e => e.Point,
        LogWritten e => e.Point,
        MessageObserved e => e.Point,
        FileObserved e => e.Point,
        _ => null,
    };
}
