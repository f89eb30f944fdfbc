using IntegrationKit.Databases;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Servers;

namespace IntegrationKit.Resets;

/// <summary>What a reset finds wrong about the test before it.</summary>
internal static class Issues
{
    public static void LeakedTransactions(LaneDatabase database, IReadOnlyList<string[]> sessions)
    {
        Publish(database, "IK4002", "A transaction was left open", "reliability",
            $"After {Who(database)} a transaction was still open on {database.Name}. It was ended so that the next test starts clean. "
            + "Dispose transactions and connections (await using) on every path.",
            [.. sessions.Select(Describe)]);
        foreach (var _ in sessions)
        {
            Recorder.Observe(new TransactionEnded
            {
                Point = database.Point,
                Outcome = "leaked",
                Test = database.LastTest?.Execution,
                Via = database.LastTest is null ? null : Via.Lane,
                Origin = Origin.Application,
                Lane = database.Lane,
            });
        }
    }

    public static void ServerDied(string point, PostgresServer server) => Recorder.Observe(new IssueObserved
    {
        Rule = "IK2003",
        Level = "error",
        Category = "environment",
        Title = "The PostgreSQL server ended during the run",
        Message = $"The server {server.Endpoint} ended. The tests that were using it failed for that reason; a new one was started for the others.",
        Evidence = [server.LogTail()],
        Point = point,
        Origin = Origin.Kit,
    });

    public static void Leaked(LaneDatabase database, IReadOnlyList<string> differences) => Publish(
        database, "IK4001", "Rows left after the reset", "reliability",
        $"After {Who(database)} the reset did not bring {database.Name} back to its baseline; it was cloned anew. "
        + "A writer that went on after the end of the test is the usual cause: stop background work with the test.",
        differences, "error");

    public static void Kept(LaneDatabase database, string? problem, IReadOnlyList<string>? evidence) => Publish(
        database, "IK2007", problem is null ? "The database of a failed test was kept" : "The database of a failed test could not be kept", "environment",
        problem is null
            ? $"As {Who(database)} left it. It is removed after a day, or at once by 'integrationkit doctor --prune'."
            : $"That of {Who(database)}: {problem}",
        evidence, "note");

    public static void PreparedTransaction(LaneDatabase database) => Publish(
        database, "IK4002", "A prepared transaction was left", "reliability",
        $"After {Who(database)} a prepared (two-phase) transaction was left on {database.Name}; it was rolled back.", null);

    private static string Who(LaneDatabase database) => database.LastTest is { } test ? $"'{test.Name}'" : "the last test";

    private static string Describe(string[] session) => session is [var pid, var state, var application, var query, ..]
        ? $"process {pid}, {state}, application '{application}', last statement: {query}"
        : string.Join(' ', session);

    private static void Publish(
        LaneDatabase database, string rule, string title, string category, string message, IReadOnlyList<string>? evidence, string level = "warning") =>
        Recorder.Observe(new IssueObserved
        {
            Rule = rule,
            Level = level,
            Category = category,
            Title = title,
            Message = message,
            Evidence = evidence,
            Point = database.Point,
            Test = database.LastTest?.Execution,
            Via = database.LastTest is null ? null : Via.Lane,
            Origin = Origin.Kit,
            Lane = database.Lane,
        });
}
