using System.Diagnostics;
using System.Globalization;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;

namespace IntegrationKit.Observing;

/// <summary>
/// Listens to two activity sources of the framework: the server's, so that every request has an activity that carries the
/// test's trace on, and HttpClient's, for the calls that leave the process. One per process.
/// </summary>
internal static class ActivityObserver
{
    private const string Server = "Microsoft.AspNetCore";
    private const string Client = "System.Net.Http";
    private static readonly Lock Gate = new();
    private static ActivityListener? listener;

    public static void Start()
    {
        lock (Gate)
        {
            if (listener is not null)
            {
                return;
            }

            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is Server or Client,
                Sample = (ref ActivityCreationOptions<ActivityContext> creation) =>
                    creation.Source.Name == Client ? ActivitySamplingResult.AllData : ActivitySamplingResult.PropagationData,
                ActivityStopped = Stopped,
            };
            ActivitySource.AddActivityListener(listener);
        }
    }

    private static void Stopped(Activity activity)
    {
        if (activity.Source.Name == Client && activity.GetTagItem("server.address") is string host)
        {
            Publish(activity, host, activity.GetTagItem("server.port") as int? ?? 0);
        }
    }

    private static void Publish(Activity activity, string host, int port)
    {
        var point = KnownHosts.Find(host, port);
        var whose = Attribution.Of(activity);
        if (point == KnownHosts.Kit || whose.Origin == Origin.Kit)
        {
            return;
        }

        var status = activity.GetTagItem("http.response.status_code") as int?;
        Recorder.Observe(new CallSent
        {
            Point = point,
            Host = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"),
            Method = activity.GetTagItem("http.request.method") as string ?? "GET",
            Path = Uri.TryCreate(activity.GetTagItem("url.full") as string, UriKind.Absolute, out var url) ? url.AbsolutePath : "/",
            Status = status,
            Error = status is null ? ErrorOf(activity.GetTagItem("error.type") as string) : null,
            DurationUs = (long)activity.Duration.TotalMicroseconds,
            Test = whose.Test,
            Via = whose.Via,
            Origin = whose.Origin,
            Trace = activity.TraceId.ToHexString(),
        });
    }

    /// <summary>HttpClient reports a cancelled call, which is what its timeout is, by the exception's name.</summary>
    private static string? ErrorOf(string? type) =>
        type is not null && (type.EndsWith("CanceledException", StringComparison.Ordinal) || type.EndsWith("TimeoutException", StringComparison.Ordinal))
            ? "timeout"
            : type;
}
