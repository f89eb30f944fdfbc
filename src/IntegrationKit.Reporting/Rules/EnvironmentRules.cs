using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

/// <summary>A fixture that fails is one problem of the environment, however many tests needed it.</summary>
internal sealed class FixtureFailedRule() : Rule(
    "IK2001", "Fixture failed", "Something the tests need could not be started, migrated or stopped. It says nothing about the product: repair the environment first.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var group in Failures(facts).GroupBy(f => (f.Phase, Fingerprints.Of(f.Error))))
        {
            var first = group.First();
            var error = Fingerprints.Innermost(first.Error);
            var tests = first.Phase == "initialize" ? Victims(facts, group.Key.Item2) : new Tally();
            var recovered = Recovered(facts, first);
            sink.Issue(new IssueDraft
            {
                Level = recovered ? Level.Warning : Level.Error,
                Category = recovered ? Category.Reliability : Category.Environment,
                Subject = $"{first.Phase}|{group.Key.Item2}",
                Title = first.Phase == "cleanup" ? $"{first.Name} could not be cleaned up"
                    : recovered ? $"{first.Name} could not be set up at first: its tests passed in a later attempt"
                    : $"{first.Name} could not be set up{(tests.TestCount > 0 ? $": {Tests(tests.TestCount)} could not run" : "")}",
                Message = $"{error.Type}: {error.Message}",
                Tests = tests,
                Evidence = group.Select(f => $"{f.Scope} fixture {f.Name}, {f.Phase}").Distinct(StringComparer.Ordinal),
                Occurrences = group.Count(),
            });
        }
    }

    /// <summary>What the runner reported, and errors it only reported on the tests themselves.</summary>
    private static IEnumerable<FixtureFailed> Failures(SuiteFacts facts)
    {
        var reported = facts.Runs.SelectMany(run => run.FixtureFailures).ToList();
        var known = reported.Where(f => f.Phase != "cleanup").Select(f => Fingerprints.Of(f.Error)).ToHashSet(StringComparer.Ordinal);
        var onTests = facts.Tests.Values.Where(IsVictim).Select(t => t.Decisive)
            .Where(e => e.Finished?.Error is not null && !known.Contains(e.Fingerprint!))
            .DistinctBy(e => e.Fingerprint, StringComparer.Ordinal)
            .OrderBy(e => e.Fingerprint, StringComparer.Ordinal)
            .Select(e => new FixtureFailed { Scope = "test", Name = "The fixture", Phase = "initialize", Error = e.Finished!.Error! });
        return reported.Concat(onTests);
    }

    public static bool IsVictim(TestFacts test) => test.Status == TestStatus.Error && test.Decisive.RawStatus is ("fixture_failed" or "environment");

    /// <summary>
    /// True when every test that the failure once kept from running has passed since: the tests are flaky, the run is not
    /// broken. Without exact victims (an error looks different to the runner) all victims of fixtures count.
    /// </summary>
    public static bool Recovered(SuiteFacts facts, FixtureFailed failure)
    {
        if (failure.Phase == "cleanup")
        {
            return false;
        }

        var fingerprint = Fingerprints.Of(failure.Error);
        var stopped = facts.Tests.Values.Where(t => t.Executions.Exists(IsStopped)).ToList();
        var exact = stopped.Where(t => t.Executions.Exists(e => IsStopped(e) && e.Fingerprint == fingerprint)).ToList();
        return stopped.Count > 0 && (exact.Count > 0 ? exact : stopped).TrueForAll(t => t.Status == TestStatus.Passed);
    }

    private static bool IsStopped(ExecutionFacts execution) => execution.IsBad && execution.RawStatus is ("fixture_failed" or "environment");

    private static Tally Victims(SuiteFacts facts, string fingerprint)
    {
        var victims = facts.Tests.Values.Where(IsVictim).ToList();
        var exact = victims.Where(t => t.Decisive.Fingerprint == fingerprint).ToList();
        var tally = new Tally();
        (exact.Count > 0 ? exact : []).ForEach(t => tally.Add(t.TestId));
        return tally;
    }
}

internal sealed class ResourceFailedRule() : Rule(
    "IK2004", "Resource failed", "A server, container, mock or host did not start. The reasons of every probe are under Test Environment.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var explained = facts.Runs.SelectMany(r => r.FixtureFailures).Select(f => Fingerprints.Innermost(f.Error).Message).ToList();
        foreach (var resource in facts.Resources.Values.Where(r => r.State == "failed"))
        {
            if (resource.Error is not null && explained.Exists(m => m.Contains(resource.Error, StringComparison.Ordinal) || resource.Error.Contains(m, StringComparison.Ordinal)))
            {
                continue; // the fixture's failure says it already
            }

            sink.Issue(new IssueDraft
            {
                Level = Level.Error,
                Category = Category.Environment,
                Subject = resource.Resource,
                Title = $"{resource.Name} failed",
                Message = resource.Error ?? "No reason was given.",
                Resource = resource.Resource,
                Evidence = resource.Rejected?.Select(r => $"{r.Provider}: {r.Reason}"),
            });
        }
    }
}

internal sealed class SlowStartRule() : Rule(
    "IK2002", "Slow start", "A resource took longer than 30 seconds to start. Reuse a server between runs or pull its image beforehand.")
{
    private const long LimitUs = 30_000_000;

    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        foreach (var resource in facts.Resources.Values.Where(r => r.StartUs > LimitUs))
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Performance,
                Subject = resource.Resource,
                Title = $"{resource.Name} took {resource.StartUs / 1_000_000} s to start",
                Message = $"Provider {resource.Provider ?? "unknown"}; the limit is {LimitUs / 1_000_000} s.",
                Resource = resource.Resource,
            });
        }
    }
}
