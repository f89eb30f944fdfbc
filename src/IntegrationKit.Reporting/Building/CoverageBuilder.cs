using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Building;

internal sealed class CoverageBuilder(SuiteFacts facts, int limit)
{
    public CoverageSection Build()
    {
        var workflows = ByWorkflow().ToList();
        var points = facts.Points.Values.Select(Point).ToList();
        var endpoints = facts.Endpoints.Values.Select(Endpoint).ToList();
        var tables = facts.Tables.Values.Select(Table).ToList();
        return new CoverageSection
        {
            IntegrationPoints = points,
            Endpoints = endpoints,
            Tables = tables,
            Constraints = [.. facts.Constraints.Values.Select(c => new ConstraintCoverage(c.Point, c.Table, c.Name, c.Kind, c.Violated.ToExercise(limit)))],
            Services = [.. facts.Points.Values.Where(p => p.IsOutboundHttp).Select(Service)],
            Transactions =
            [
                .. facts.Points.Values.Where(p => p.Kind == PointKind.Database).Select(p => new TransactionCoverage(
                    p.Id, p.Committed.ToExercise(limit), p.RolledBack.ToExercise(limit), p.Leaked.ToExercise(limit))),
            ],
            Workflows = [.. Workflows(workflows)],
            Matrix = [.. Matrix(workflows)],
            Gaps = [.. Gaps(points, endpoints, tables)],
            Unattributed = new Unattributed(facts.UnattributedRequests, facts.UnattributedStatements, facts.UnattributedCalls, facts.UnattributedOther),
        };
    }

    private PointCoverage Point(PointFacts point)
    {
        var declared = point.Declaration is not null;
        var exercised = point.Observed.Calls > 0;
        return new PointCoverage
        {
            Id = point.Id,
            Declared = declared,
            Exercised = exercised,
            State = !declared ? "undeclared" : exercised ? "covered" : "never_exercised",
            Exercise = point.Observed.ToExercise(limit),
            Errors = point.Errors,
            Operations = [.. point.Operations.Select(o => new OperationCoverage(o.Key, o.Value.Calls, o.Value.TestCount))],
        };
    }

    private EndpointCoverage Endpoint(EndpointFacts endpoint) => new()
    {
        IntegrationPointId = endpoint.Point,
        Method = endpoint.Method,
        Route = endpoint.Route,
        Declared = endpoint.Declaration is not null,
        Infrastructure = endpoint.Declaration?.Infrastructure ?? false,
        RequiresAuthorization = endpoint.NeedsAuthorization,
        Roles = endpoint.Declaration?.Roles is { Count: > 0 } roles ? roles : null,
        AcceptsBody = endpoint.Declaration?.AcceptsBody ?? false,
        DocumentedStatuses = endpoint.Declaration?.Statuses is { Count: > 0 } statuses ? [.. statuses.Distinct().Order()] : null,
        Exercise = endpoint.Requests.ToExercise(limit),
        Statuses =
        [
            .. endpoint.Answers.Select(a => new StatusCoverage(
                a.Key.Status, a.Key.Authenticated ? "authenticated" : "anonymous", a.Value.ToExercise(limit))),
        ],
    };

    private TableCoverage Table(TableFacts table) => new()
    {
        IntegrationPointId = table.Point,
        Name = table.Name,
        Kind = table.Kind,
        Role = table.Role,
        Declared = table.Declared,
        Read = table.Read.ToExercise(limit),
        Written = table.Written.ToExercise(limit),
        ReadByTests = table.ReadByTests.ToExercise(limit),
        WrittenByTests = table.WrittenByTests.ToExercise(limit),
        FoundChanged = table.FoundChanged.ToExercise(limit),
    };

    private ServiceCoverage Service(PointFacts point) => new()
    {
        IntegrationPointId = point.Id,
        Exercise = point.Observed.ToExercise(limit),
        Outcomes = [.. point.Outcomes().Select(o => new OutcomeCoverage(o.Key, o.Value.ToExercise(limit)))],
        Operations = [.. point.Operations.Select(o => new OutcomeCoverage(o.Key, o.Value.ToExercise(limit)))],
        Mock = point.Stubs is { } stubs ? new MockFacts(stubs.Defined, stubs.Used, stubs.Unused, point.Unmatched) : null,
    };

    private IEnumerable<(string Workflow, List<TestFacts> Tests)> ByWorkflow() =>
        facts.Tests.Values
            .SelectMany(test => test.Decisive.Case.Workflows ?? [], (test, workflow) => (workflow, test))
            .GroupBy(pair => pair.workflow, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Select(pair => pair.test).OrderBy(t => t.TestId, StringComparer.Ordinal).ToList()));

    private IEnumerable<WorkflowCoverage> Workflows(IEnumerable<(string Workflow, List<TestFacts> Tests)> workflows) => workflows.Select(w => new WorkflowCoverage(
        w.Workflow,
        w.Tests.Count,
        w.Tests.Count(t => t.Status == TestStatus.Passed),
        w.Tests.Count(t => t.IsBad),
        [.. w.Tests.Select(t => t.TestId).Take(limit)],
        [
            .. w.Tests.SelectMany(t => t.Decisive.Steps ?? []).GroupBy(s => s.Name, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new WorkflowStep(g.Key, g.Count(), g.Count(s => s.Status == TestStatus.Passed))),
        ]));

    private static IEnumerable<WorkflowPoint> Matrix(IEnumerable<(string Workflow, List<TestFacts> Tests)> workflows) =>
        from workflow in workflows
        from point in workflow.Tests.SelectMany(t => t.Decisive.Points).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let tests = workflow.Tests.Where(t => t.Decisive.Touches(point)).ToList()
        select new WorkflowPoint(
            workflow.Workflow, point, tests.Count, tests.Count(t => t.Status == TestStatus.Passed), tests.Count(t => t.IsBad));

    private static IEnumerable<Gap> Gaps(List<PointCoverage> points, List<EndpointCoverage> endpoints, List<TableCoverage> tables)
    {
        foreach (var point in points.Where(p => p.State != "covered"))
        {
            yield return new Gap(point.State == "undeclared" ? "undeclared_point" : "point", point.Id);
        }

        foreach (var endpoint in endpoints.Where(e => e.Declared && !e.Infrastructure && e.Exercise.Calls == 0))
        {
            yield return new Gap("endpoint", $"{endpoint.Method} {endpoint.Route}");
        }

        var untouched = tables.Where(t => t.Declared && t.Role != "infrastructure" && t.Read.Calls + t.Written.Calls + t.FoundChanged.Calls == 0);
        foreach (var table in untouched)
        {
            yield return new Gap("table", table.Name);
        }
    }
}
