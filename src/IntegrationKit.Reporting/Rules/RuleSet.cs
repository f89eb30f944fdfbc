using IntegrationKit.Facts;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

/// <summary>All rules, in the order in which they are asked.</summary>
internal static class RuleSet
{
    public static readonly IReadOnlyList<Rule> All =
    [
        new RunAbortedRule(), new NoTestsRule(), new NeverStartedRule(), new JournalDamagedRule(), new ShardMissingRule(), new ShardSplitRule(),
        new FixtureFailedRule(), new ResourceFailedRule(), new SlowStartRule(),
        new FailureClusterRule(), new FlakyRule(), new SkippedWithoutReasonRule(), new DuplicateRowRule(), new SetupDominatesRule(), new SlowTestRule(), new RowsLeftBehindRule(),
        new ObservedIssueRule(), new UnmatchedRequestRule(), new UndeclaredCallRule(), new ServerErrorRule(), new UndocumentedAnswerRule(), new WorkflowWithoutPassRule(),
        new LoggedProblemRule(), new SecretsMaskedRule(), new OutputCutRule(), new AttachmentRefusedRule(),
        new EndpointNeverCalledRule(), new NeverAnonymousRule(), new NeverForbiddenRule(), new BodyNeverRefusedRule(),
        new StatusNeverSeenRule(), new ParameterNeverSentRule(), new UnprotectedChangeRule(), new ServiceNeverFailsRule(), new TableNeverTouchedRule(),
        new ConstraintNeverViolatedRule(), new NeverRolledBackRule(), new RepeatedQueryRule(), new TouchesNothingRule(),
    ];

    public static void Evaluate(SuiteFacts facts, FindingSink sink) => Evaluate(All, facts, sink);

    public static void Evaluate(IEnumerable<Rule> rules, SuiteFacts facts, FindingSink sink)
    {
        foreach (var rule in rules)
        {
            sink.CurrentRule = rule.Id;
            try
            {
                rule.Evaluate(facts, sink);
            }
            catch (Exception exception)
            {
                sink.Issue(new IssueDraft
                {
                    Rule = "IK1007",
                    Level = Level.Warning,
                    Category = Category.Reliability,
                    Subject = rule.Id,
                    Title = $"Rule {rule.Id} could not be evaluated",
                    Message = $"{rule.Name}: {exception.GetType().Name}: {exception.Message} The other rules are not affected.",
                });
            }
        }
    }

    public static IReadOnlyList<RuleDescription> Describe(IEnumerable<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).OrderBy(Number).ThenBy(id => id, StringComparer.Ordinal).Select(Describe)];

    /// <summary>The whole catalogue: our own rules, those whose findings fixtures observe, and those about other runs.</summary>
    public static IReadOnlyList<RuleDescription> DescribeAll() => Describe(All.Select(rule => rule.Id).Concat(Named.Select(rule => rule.Id)).Where(id => id != "IK0"));

    private static IEnumerable<RuleDescription> Named => FixtureRules.All.Concat(ComparisonRules.All);

    private static int Number(string id) =>
        int.TryParse(id.AsSpan(Math.Min(2, id.Length)), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static RuleDescription Describe(string id) =>
        All.FirstOrDefault(rule => rule.Id == id) is { } rule ? new RuleDescription(id, rule.Name, rule.Help)
        : Named.FirstOrDefault(rule => rule.Id == id) ?? new RuleDescription(id, id, "Reported by a fixture.");
}
