namespace IntegrationKit;

/// <summary>
/// Accepts findings of the report with a reason: they stay in it, marked as suppressed, and close no gate. On the test
/// assembly, as often as needed: <c>[assembly: SuppressFinding("IK11", "second line of defence", Target = "orders.*")]</c>.
/// </summary>
/// <param name="rule">The rule's id as in the report, for example <c>IK11</c>.</param>
/// <param name="reason">Why the finding is acceptable; it is shown in the report.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class SuppressFindingAttribute(string rule, string reason) : Attribute
{
    /// <summary>The rule's id.</summary>
    public string Rule { get; } = rule;

    /// <summary>Why the finding is acceptable.</summary>
    public string Reason { get; } = reason;

    /// <summary>
    /// What the finding is about: a recommendation's target, an issue's title or id, or a test's id or name; <c>*</c>
    /// stands for any text. An issue of several tests is accepted when all of them are. Failing tests accepted under
    /// <c>IK3001</c> do not make the run a failure in the report. Default null: every finding of the rule.
    /// </summary>
    public string? Target { get; set; }

    /// <summary>Last day of the suppression as <c>yyyy-MM-dd</c>; afterwards it is an issue itself. Default null: for ever.</summary>
    public string? Until { get; set; }
}
