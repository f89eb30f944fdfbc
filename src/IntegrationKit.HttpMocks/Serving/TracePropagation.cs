using System.Diagnostics;
using IntegrationKit.Scoping;

namespace IntegrationKit.Serving;

/// <summary>
/// Lets a test's identity travel to the mock. ASP.NET Core hands the caller's baggage on only while somebody listens to its
/// activities; and calls that the test's own code makes get the baggage here, because no client of ours adds it for them.
/// </summary>
internal static class TracePropagation
{
    private static readonly Lock Gate = new();
    private static ActivityListener? listener;

    /// <summary>Once per process; stays for its life.</summary>
    public static void Enable()
    {
        lock (Gate)
        {
            if (listener is not null)
            {
                return;
            }

            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
                ActivityStarted = Started,
            };
            ActivitySource.AddActivityListener(listener);
        }
    }

    private static void Started(Activity activity)
    {
        if (activity.Source.Name == "System.Net.Http"
            && activity.GetBaggageItem(TestScopes.BaggageKey) is null
            && TestScopes.Find(activity.TraceId) is null
            && TestScope.Current is { HasEnded: false } test)
        {
            activity.AddBaggage(TestScopes.BaggageKey, test.BaggageId);
        }
    }
}
