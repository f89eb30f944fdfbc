using FluentAssertions;
using FluentAssertions.Execution;
using FluentAssertions.Primitives;
using IntegrationKit.Model;

namespace IntegrationKit;

/// <summary>Assertions about the report of a finished run; a failure lists what the report says.</summary>
public sealed class WrittenReportAssertions : ReferenceTypeAssertions<WrittenReport, WrittenReportAssertions>
{
    private static readonly string[] Levels = [Level.Note, Level.Warning, Level.Error];

    internal WrittenReportAssertions(WrittenReport subject)
        : base(subject)
    {
    }

    /// <inheritdoc/>
    protected override string Identifier => "report";

    private IntegrationReport Report => Subject.Content;

    /// <summary>The run came to its end and every test passed or was skipped.</summary>
    public AndConstraint<WrittenReportAssertions> HavePassed(string because = "", params object[] becauseArgs) => Check(
        Report.Verdict.Status is VerdictStatus.Success or VerdictStatus.Skipped,
        $"to be of a run that passed{{reason}}, but its verdict is {Report.Verdict.Status}: {string.Join(", ", Report.Verdict.Reasons.Select(reason => $"{reason.Count} {reason.Text}"))}",
        because, becauseArgs);

    /// <summary>No issue and no recommendation of this level or a higher one, suppressed ones left out.</summary>
    /// <param name="level"><c>error</c>, <c>warning</c> (default) or <c>note</c>.</param>
    /// <param name="because">Why it should be so.</param>
    /// <param name="becauseArgs">Values for the placeholders of <paramref name="because"/>.</param>
    public AndConstraint<WrittenReportAssertions> HaveNoFindings(string level = Level.Warning, string because = "", params object[] becauseArgs)
    {
        var least = Array.IndexOf(Levels, level);
        ArgumentOutOfRangeException.ThrowIfNegative(least, nameof(level));
        var found = Findings().Where(finding => Array.IndexOf(Levels, finding.Level) >= least).Select(finding => $"{finding.Rule} {finding.Text}").ToList();
        return Check(found.Count == 0, $"to have no findings of level {level} or above{{reason}}, but it has {found.Count}:{List(found)}", because, becauseArgs);
    }

    /// <summary>An issue or a recommendation of this rule, for example <c>IK1</c>, that names the subject.</summary>
    /// <param name="rule">The rule's id.</param>
    /// <param name="about">A part of its text or target, for example <c>GET /orders</c>; null for any.</param>
    /// <param name="because">Why it should be so.</param>
    /// <param name="becauseArgs">Values for the placeholders of <paramref name="because"/>.</param>
    public AndConstraint<WrittenReportAssertions> HaveFinding(string rule, string? about = null, string because = "", params object[] becauseArgs)
    {
        var ofRule = Findings().Where(finding => finding.Rule == rule).Select(finding => finding.Text).ToList();
        return Check(
            ofRule.Exists(text => about is null || text.Contains(about, StringComparison.Ordinal)),
            $"to have a finding of {rule}{(about is null ? "" : $" about {about}")}{{reason}}, but it has {(ofRule.Count == 0 ? "none of that rule." : $"only:{List(ofRule)}")}",
            because, becauseArgs);
    }

    /// <summary>At least one test made the application answer a request to this endpoint.</summary>
    /// <param name="method">For example <c>GET</c>.</param>
    /// <param name="route">As the report has it, for example <c>/orders/{id}</c>.</param>
    /// <param name="because">Why it should be so.</param>
    /// <param name="becauseArgs">Values for the placeholders of <paramref name="because"/>.</param>
    public AndConstraint<WrittenReportAssertions> CoverEndpoint(string method, string route, string because = "", params object[] becauseArgs)
    {
        var endpoint = Report.Coverage.Endpoints.FirstOrDefault(known => known.Method == method && known.Route == route);
        var instead = endpoint is not null
            ? "no test calls it."
            : $"it knows no such endpoint, only:{List(Report.Coverage.Endpoints.Select(known => $"{known.Method} {known.Route}"))}";
        return Check(endpoint is { Exercise.Calls: > 0 }, $"to cover {method} {route}{{reason}}, but {instead}", because, becauseArgs);
    }

    private IEnumerable<(string Rule, string Level, string Text)> Findings() =>
    [
        .. Report.Issues.Where(issue => issue.Suppressed is null).Select(issue => (issue.RuleId, issue.Level, $"{issue.Title}: {issue.Message}")),
        .. Report.Recommendations.Where(advice => advice.Suppressed is null).Select(advice => (advice.RuleId, advice.Level, $"{advice.Target}: {advice.Action}")),
    ];

    private AndConstraint<WrittenReportAssertions> Check(bool holds, string failure, string because, object[] becauseArgs)
    {
        // The texts of a report may hold braces, which the library would take for placeholders.
        var parts = failure.Split("{reason}");
        Execute.Assertion.BecauseOf(because, becauseArgs).ForCondition(holds).FailWith("Expected the report {0}{reason}{1}", Plain.Of(parts[0]), Plain.Of(parts[1]));
        return new AndConstraint<WrittenReportAssertions>(this);
    }

    private static string List(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"\n  {line}"));
}
