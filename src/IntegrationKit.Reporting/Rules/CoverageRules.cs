using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Writers;

namespace IntegrationKit.Rules;

internal sealed class ServiceNeverFailsRule() : Rule(
    "IK8", "Service never called, never failing or never timing out", "Nothing proves what the application does when the service misbehaves.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var point in facts.Points.Values.Where(p => p.IsOutboundHttp && p.Declaration is not null))
        {
            var outcomes = point.Outcomes();
            var name = point.Name;
            if (point.Observed.Calls == 0)
            {
                Say(facts, sink, point, "called", 2, $"Write a test in which the application calls {name}.",
                    "It is declared, and no test makes the application call it.");
                continue;
            }

            var failures = outcomes.Where(o => o.Key is "4xx" or "5xx" or Outcome.Fault or Outcome.ConnectionError or Outcome.Timeout).Sum(o => o.Value.Calls);
            var calls = $"{Counted.Of(point.Observed.Calls, "call")} in {Tests(point.Observed.TestCount)}";
            if (failures == 0)
            {
                Say(facts, sink, point, "fails", 1, $"Write a test in which {name} answers with an error.", $"{calls}, and {name} never failed.");
            }

            if (!outcomes.ContainsKey(Outcome.Timeout))
            {
                Say(facts, sink, point, "times out", 2, $"Write a test in which {name} does not answer in time.", $"{calls}, and {name} never timed out.");
            }
        }
    }

    private static void Say(SuiteFacts facts, FindingSink sink, PointFacts point, string aspect, int priority, string action, string because) =>
        sink.Recommend(new Advice
        {
            Priority = priority,
            Target = point.Id,
            Aspect = aspect,
            Action = action,
            Because = because,
            Tests = point.Observed,
            Point = point.Id,
            Skeleton = Skeleton.ForSuite(facts, $"{Skeleton.Identifier(point.Name)}_{Skeleton.Identifier(aspect)}", $"Arrange {point.Name} so that it {(aspect == "called" ? "is called" : aspect)}, then send the request that needs it."),
        });
}

internal sealed class TableNeverTouchedRule() : Rule(
    "IK10", "Table never written or never touched", "No test makes the application write (or even read) the table.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        // Without a single observed statement of the application, silence proves nothing.
        foreach (var table in facts.Tables.Values.Where(t => t.Declared && t.Kind == "table" && t.Role is null or "seeded" && facts.Point(t.Point).Exercised.Calls > 0))
        {
            var written = table.Written.Calls > 0 || table.WrittenByServer;
            if (written || (table.Role == "seeded" && table.Read.Calls > 0))
            {
                continue;
            }

            var read = table.Read.Calls > 0;
            sink.Recommend(new Advice
            {
                Priority = read ? 4 : 3,
                Target = table.Name,
                Action = read ? $"Write a test in which the application writes {table.Name}." : $"Write a test in which the application uses {table.Name}.",
                Because = (read ? $"The application reads it in {Tests(table.Read.TestCount)} and never writes it." : "The application neither reads nor writes it in any test.")
                    + (table.WrittenByTests.Calls > 0 ? $" Test code itself writes it in {Tests(table.WrittenByTests.TestCount)}." : ""),
                Tests = read ? table.Read : table.WrittenByTests,
                Point = table.Point,
                Skeleton = Skeleton.ForSuite(facts, $"{Skeleton.Identifier(table.Name)}_is_used", $"Send the request that {(read ? "writes" : "uses")} {table.Name}."),
            });
        }
    }
}

internal sealed class ConstraintNeverViolatedRule() : Rule(
    "IK11", "Constraint never violated", "The database enforces a rule that no test breaks: what the application does then is unknown.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var constraint in facts.Constraints.Values)
        {
            if (constraint.Violated.Calls > 0 || constraint.Kind is "not_null" or "primary_key" || !Writes(facts, constraint))
            {
                continue;
            }

            sink.Recommend(new Advice
            {
                Priority = 5, // Most constraints are a second line of defence that no request can reach.
                Target = $"{constraint.Table}.{constraint.Name}",
                Action = $"Write a test that breaks the {constraint.Kind.Replace('_', ' ')} constraint {constraint.Name} of {constraint.Table}.",
                Because = "The application writes the table and no statement ever violated the constraint.",
                Point = constraint.Point,
                Skeleton = Skeleton.ForRefusal(facts, $"{Skeleton.Identifier(constraint.Name)}_is_enforced", $"Send the request that would break {constraint.Name}."),
            });
        }
    }

    private static bool Writes(SuiteFacts facts, ConstraintFacts constraint) => facts.Tables.Values.Any(t =>
        t.Point == constraint.Point && t.Written.Calls > 0
        && (t.Name == constraint.Table || t.Name.EndsWith("." + constraint.Table, StringComparison.Ordinal)));
}

internal sealed class NeverRolledBackRule() : Rule(
    "IK12", "Transaction never rolled back", "The application uses transactions, and no test makes one fail half-way.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var point in facts.Points.Values.Where(p => p.Kind == PointKind.Database && p.Committed.Calls > 0 && p.RolledBack.Calls == 0))
        {
            sink.Recommend(new Advice
            {
                Priority = 3,
                Target = point.Id,
                Action = $"Write a test in which a transaction on {point.Name} fails half-way, and check that nothing remains.",
                Because = $"{Counted.Of(point.Committed.Calls, "transaction")} {(point.Committed.Calls == 1 ? "was" : "were")} committed in {Tests(point.Committed.TestCount)}, none was rolled back.",
                Tests = point.Committed,
                Point = point.Id,
                Skeleton = Skeleton.ForRefusal(facts, $"{Skeleton.Identifier(point.Name)}_rolls_back", "Make a later step of the transaction fail, then assert that the database is unchanged."),
            });
        }
    }
}

internal sealed class TouchesNothingRule() : Rule(
    "IK15", "Test touches nothing", "The test was not seen at any integration point: it belongs to the unit tests, or what it does is not observed.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        if (facts.TestIdsWithObservations.TestCount == 0)
        {
            return;
        }

        var idle = new Tally();
        foreach (var test in facts.Tests.Values.Where(t => t.Status == TestStatus.Passed && !facts.TestIdsWithObservations.Contains(t.TestId)))
        {
            idle.Add(test.TestId);
        }

        if (idle.TestCount > 0)
        {
            sink.Recommend(new Advice
            {
                Priority = 5,
                Target = "suite",
                Action = $"Move {(idle.TestCount == 1 ? "the test" : $"the {idle.TestCount} tests")} that {(idle.TestCount == 1 ? "touches" : "touch")} no integration point to the unit tests.",
                Because = $"{Tests(idle.TestCount)} passed without a request, a statement or a call being seen; {Tests(facts.TestIdsWithObservations.TestCount)} were seen at work.",
                Tests = idle,
            });
        }
    }
}
