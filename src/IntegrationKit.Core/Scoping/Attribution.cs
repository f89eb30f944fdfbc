using System.Diagnostics;

namespace IntegrationKit.Scoping;

/// <summary>
/// Whose an activity is: first by trace id, then by links, then by execution context (the test's own code).
/// What none of them proves stays unattributed; time is never used to guess.
/// </summary>
internal readonly record struct Attribution(TestScope? Scope, string? Via, string Origin)
{
    /// <summary>The kit's own work: belongs to no test and is no coverage.</summary>
    public static readonly Attribution Kit = new(null, null, Observations.Origin.Kit);

    public static readonly Attribution None = new(null, null, Observations.Origin.Application);

    public string? Test => Scope?.Execution;

    public static Attribution Of(Activity? activity)
    {
        if (KitWork.IsActive)
        {
            return Kit;
        }

        if (activity is not null && TestScopes.Find(activity.TraceId) is { } byTrace)
        {
            return new(byTrace, Observations.Via.Trace, Observations.Origin.Application);
        }

        foreach (var link in activity?.Links ?? [])
        {
            if (TestScopes.Find(link.Context.TraceId) is { } byLink)
            {
                return new(byLink, Observations.Via.Link, Observations.Origin.Application);
            }
        }

        return TestScope.Current is { } current
            ? new(current, Observations.Via.Context, Observations.Origin.Test)
            : None;
    }
}
