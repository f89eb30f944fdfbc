using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Building;

/// <summary>Folds the events of one journal into the facts of the suite.</summary>
internal sealed class FactCollector
{
    private readonly SuiteFacts facts;
    private readonly RunFacts run;
    private readonly TestCollector tests;
    private readonly HttpCollector http;
    private readonly DatabaseCollector database;
    private readonly OtherCollector others;

    public FactCollector(SuiteFacts facts, RunFacts run)
    {
        this.facts = facts;
        this.run = run;
        var interactions = new InteractionNotes(facts.Pool);
        tests = new TestCollector(facts, run);
        http = new HttpCollector(facts, interactions);
        database = new DatabaseCollector(facts, interactions);
        others = new OtherCollector(facts, interactions);
    }

    public void Add(JournalEvent journalEvent)
    {
        run.LastUs = Math.Max(run.LastUs, journalEvent.AtUs);
        switch (journalEvent)
        {
            case RunStarted e:
                run.Started ??= e;
                break;
            case RunConfigured e:
                run.Configured = e;
                break;
            case RunPlanned e:
                run.Planned = e;
                break;
            case FindingSuppressed e:
                facts.Suppressions.Add((run.Assembly, e with { Sequence = 0, AtUs = 0 }));
                break;
            case RunFinished e:
                run.Finished = e;
                facts.Redactions += e.Redactions;
                break;
            case RunAborted e:
                run.Aborted ??= e;
                break;
            case Observation e:
                Observe(e);
                break;
            case TestCasePlanned or TestStarted or TestFinished or FixtureFailed or StepFinished:
                tests.Add(journalEvent);
                break;
            default:
                Declare(journalEvent);
                break;
        }
    }

    /// <summary>Works out what can only be said when the whole journal has been read.</summary>
    public void Complete() => tests.Complete();

    private void Declare(JournalEvent journalEvent)
    {
        switch (journalEvent)
        {
            case PointDeclared e:
                facts.Point(e.Id).Declare(e);
                break;
            case EndpointDeclared e:
                http.Declare(e);
                break;
            case TableDeclared e:
                database.Declare(e);
                break;
            case ConstraintDeclared e:
                database.Declare(e);
                break;
            case ResourceReported e:
                facts.Resources[e.Resource] = Merge(facts.Resources.GetValueOrDefault(e.Resource), e);
                run.LastResource = $"{e.Resource} {e.State}";
                break;
            case DatabaseReported e:
                facts.Databases[e.Point] = e;
                break;
            case StubsReported e:
                http.Stubs(e);
                break;
        }
    }

    private void Observe(Observation observation)
    {
        var execution = observation.Test is null ? null : tests.Find(observation.Test);
        if (execution is not null && observation.Origin != Origin.Kit)
        {
            facts.TestIdsWithObservations.Add(execution.Test.TestId);
        }

        switch (observation)
        {
            case RequestHandled e:
                http.Add(e, execution);
                break;
            case CallSent e:
                http.Add(e, execution);
                break;
            case MockServed e:
                http.Add(e, execution);
                break;
            case SqlExecuted or TransactionEnded or DatabaseReset:
                database.Add(observation, execution);
                break;
            default:
                others.Add(observation, execution);
                break;
        }
    }

    /// <summary>Later reports of a resource replace its state and keep what they do not mention.</summary>
    private static ResourceReported Merge(ResourceReported? earlier, ResourceReported later) => earlier is null ? later : later with
    {
        Version = later.Version ?? earlier.Version,
        Provider = later.Provider ?? earlier.Provider,
        Reason = later.Reason ?? earlier.Reason,
        Rejected = later.Rejected ?? earlier.Rejected,
        Endpoint = later.Endpoint ?? earlier.Endpoint,
        StartUs = later.StartUs ?? earlier.StartUs,
        Error = later.Error ?? earlier.Error,
        Details = later.Details ?? earlier.Details,
        State = later.State == "stopped" && earlier.State == "failed" ? earlier.State : later.State,
    };
}
