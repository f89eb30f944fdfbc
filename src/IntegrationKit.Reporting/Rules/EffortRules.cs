using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

/// <summary>Long for everybody and long for this suite: on a slow machine all tests are slow, and none of them is news.</summary>
internal sealed class SlowTestRule() : Rule(
    "IK14", "Slow test", "The test takes more than ten seconds, and ten times as long as the suite's median. Look for waits that could be polls, and for work that belongs to a fixture.")
{
    private const long LimitUs = 10_000_000;
    private const int TimesMedian = 10;

    /// <summary>Who starts an application also compiles what its first request needs: set-up and body grow together.</summary>
    private const int TimesSetUp = 2;

    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var finished = facts.Tests.Values.Where(t => t.Decisive.Finished is not null && t.HasRun).ToList();
        if (finished.Count == 0)
        {
            return;
        }

        var median = finished.Select(Body).Order().ElementAt(finished.Count / 2);
        foreach (var test in finished.Where(t => Body(t) > LimitUs && Body(t) > TimesMedian * median && Body(t) > TimesSetUp * t.Decisive.Finished!.SetupUs))
        {
            sink.IssueOfTest(
                test.TestId,
                (Level.Note, Category.Performance),
                $"{test.Name} is slow",
                $"{Seconds(Body(test))} without its set-up of {Seconds(test.Decisive.Finished!.SetupUs)}; the median test takes {Seconds(median)}.");
        }
    }

    private static long Body(TestFacts test) => test.Decisive.Finished!.DurationUs - test.Decisive.Finished.SetupUs;

    private static string Seconds(long us) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{us / 1e6:0.00} s");
}

/// <summary>Says nothing of databases that are cleaned between tests: there a leak check looks for what remains.</summary>
internal sealed class RowsLeftBehindRule() : Rule(
    "IK16", "Test leaves rows behind", "The database is never cleaned, and a test writes to it: run twice, or in another order, the suite finds other rows. Use Isolation.PerTest, or keep that database read-only.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var database in facts.Databases.Values.Where(d => d.Isolation == "PerFixture").DistinctBy(d => d.Point).OrderBy(d => d.Point, StringComparer.Ordinal))
        {
            var written = facts.Tables.Values.Where(t => t.Point == database.Point && t.Written.TestCount + t.WrittenByTests.TestCount > 0)
                .OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
            if (written.Count == 0)
            {
                continue;
            }

            var tests = new Tally();
            written.ForEach(table => { tests.Add(table.Written); tests.Add(table.WrittenByTests); });
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Test,
                Subject = database.Point,
                Title = $"{facts.Point(database.Point).Name} keeps the rows of {Tests(tests.TestCount)}",
                Message = $"Written and never cleaned: {string.Join(", ", written.Select(t => t.Name))}.",
                Tests = tests,
                Point = database.Point,
            });
        }
    }
}

internal sealed class ParameterNeverSentRule() : Rule(
    "IK17", "Parameter or value never sent", "The endpoint takes a query parameter, or a value of it, that no test sends.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var endpoint in facts.Endpoints.Values.Where(e => e.Declaration?.Query is { Count: > 0 } && e.Saw((status, _) => status is not (401 or 403))))
        {
            var never = endpoint.Declaration!.Query!.Where(parameter => !endpoint.QuerySent.Contains(parameter)).ToList();
            foreach (var name in never.Select(parameter => parameter.Split('=')[0]).Distinct(StringComparer.Ordinal))
            {
                var whole = never.Contains(name, StringComparer.Ordinal);
                var values = string.Join(", ", never.Where(parameter => parameter.StartsWith(name + "=", StringComparison.Ordinal)).Select(parameter => parameter[(name.Length + 1)..]));
                sink.Recommend(new Advice
                {
                    Priority = 5,
                    Target = endpoint.Title,
                    Aspect = $"?{name}",
                    Action = whole ? $"Write a test that sends {endpoint.Title} the parameter {name}." : $"Write a test that sends {endpoint.Title} {name}={values}.",
                    Because = $"{Tests(endpoint.Requests.TestCount)} called it, none with {(whole ? name : $"these values of {name}: {values}")}.",
                    Tests = endpoint.Requests,
                    Point = endpoint.Point,
                    Skeleton = Skeleton.ForEndpoint(facts, endpoint, $"takes_{Skeleton.Identifier(name)}", "OK", $"Send ?{name}={(values.Length == 0 ? "..." : values)}."),
                });
            }
        }
    }
}
