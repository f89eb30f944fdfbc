namespace IntegrationKit.Framework;

/// <summary>
/// How many cases an assembly has before a filter: what is left of the difference is reported as not selected. Runners that
/// discover in another process (VSTest) never ask here, and nothing is said then.
/// </summary>
internal sealed class SuiteSize
{
    /// <summary>0 when nobody knows.</summary>
    public int TestCases { get; set; }
}
