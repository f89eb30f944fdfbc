using IntegrationKit.Model;

namespace IntegrationKit.Writers.Html;

/// <summary>Section 5.</summary>
internal sealed class CoverageSections(HtmlPage page, CoverageSection coverage)
{
    public void Write() => page.Section("coverage", "Coverage", null, () =>
    {
        var declared = coverage.Endpoints.Where(e => e.Declared && !e.Infrastructure).ToList();
        var tables = coverage.Tables.Where(t => t.Declared && t.Role != "infrastructure").ToList();
        page.Paragraph($"{declared.Count(e => e.Exercise.Calls > 0)} of {Counted.Of(declared.Count, "endpoint")} called, {tables.Count(t => t.Read.Calls + t.Written.Calls > 0)} of {Counted.Of(tables.Count, "table")} used, "
            + $"{coverage.Services.Count(s => s.Exercise.Calls > 0)} of {Counted.Of(coverage.Services.Count, "service")} called. Only what the application was observed to do counts; endpoints and tables of packages are listed and not counted.");
        Endpoints();
        Databases();
        page.Table("Services", ["Service", "Tests", "Calls", "Outcomes", "Operations", "Stubs", "Unmatched"], coverage.Services, s =>
        [
            s.IntegrationPointId, Cell.Of(s.Exercise), s.Exercise.Calls,
            Counted.Outcomes(s), string.Join(", ", s.Operations.Select(o => $"{o.Name} × {o.Exercise.Calls}")),
            s.Mock is null ? "" : $"{s.Mock.StubsUsed} of {s.Mock.StubsDefined} used", s.Mock?.UnmatchedRequests ?? 0,
        ]);
        page.Table("Workflows", ["Workflow", "Tests", "Passed", "Failed", "Steps"], coverage.Workflows, w =>
            [w.Id, new Cell("", null, w.TestIds, w.Tests), w.Passed, w.Failed, string.Join(", ", w.Steps.Select(s => $"{s.Name} {s.Passed}/{s.Tests}"))]);
        Matrix();
        var u = coverage.Unattributed;
        page.Paragraph($"Not attributed to any test (background work and the like): {Counted.Of(u.Requests, "request")}, {Counted.Of(u.Statements, "statement")}, {Counted.Of(u.Calls, "call")}, {Counted.Of(u.Other, "other operation")}.");
    });

    private void Endpoints() => page.Table("Endpoints", ["Endpoint", "Tests", "Calls", "Answers", "Needs"], coverage.Endpoints, e =>
    [
        $"{e.Method} {e.Route}",
        e.Exercise.Calls == 0 ? new Cell("never called", e.Infrastructure ? "none" : "gap") : Cell.Of(e.Exercise),
        e.Exercise.Calls,
        string.Join(", ", e.Statuses.Select(s => $"{s.Status}{(s.Caller == "anonymous" ? " anonymous" : "")} × {s.Exercise.Calls}")),
        e.Infrastructure ? new Cell("of a package", "none") : e.RequiresAuthorization ? e.Roles is null ? "authorisation" : "role " + string.Join(", ", e.Roles) : "",
    ]);

    private void Databases()
    {
        page.Table("Tables", ["Table", "Kind", "Read by", "Written by", "Found changed after", "Read or written by test code"], coverage.Tables, t =>
        [
            t.Name, (t.Role ?? t.Kind).Replace('_', ' '),
            t.Read.Calls == 0 ? new Cell("never", t.Role == "infrastructure" ? "none" : "gap") : Cell.Of(t.Read),
            t.Written.Calls == 0 ? new Cell("never", t.Role == "infrastructure" ? "none" : t.FoundChanged.Calls == 0 ? "gap" : null) : Cell.Of(t.Written),
            Cell.Of(t.FoundChanged), t.ReadByTests.Calls + t.WrittenByTests.Calls,
        ]);
        page.Table("Constraints", ["Constraint", "Table", "Kind", "Violated in"], coverage.Constraints, c =>
            [c.Name, c.Table, c.Kind.Replace('_', ' '), c.Violated.Calls == 0 ? new Cell("never", c.Kind is "primary_key" or "not_null" ? "none" : null) : Cell.Of(c.Violated)]);
        // Drivers without a logger tell of no transaction: three zeros would be a claim.
        page.Table("Transactions", ["Database", "Committed", "Rolled back", "Leaked"], coverage.Transactions.Where(t => t.Committed.Calls + t.RolledBack.Calls + t.Leaked.Calls > 0).ToList(), t =>
            [t.IntegrationPointId, t.Committed.Calls, t.RolledBack.Calls, t.Leaked.Calls]);
    }

    private void Matrix()
    {
        var points = coverage.Matrix.Select(m => m.IntegrationPointId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var rows = coverage.Matrix.GroupBy(m => m.WorkflowId, StringComparer.Ordinal).ToList();
        page.Table("Workflow × integration point (tests passed / tests)", ["Workflow", .. points], rows, row =>
        [
            row.Key,
            .. points.Select(point => row.FirstOrDefault(m => m.IntegrationPointId == point) is { } cell
                ? new Cell($"{cell.Passed} / {cell.Tests}", cell.Failed > 0 ? "bad" : "good")
                : new Cell("–", "none")),
        ]);
    }
}
