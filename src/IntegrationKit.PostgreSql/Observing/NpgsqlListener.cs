using System.Diagnostics;
using System.Text.RegularExpressions;
using IntegrationKit.Databases;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;

namespace IntegrationKit.Observing;

/// <summary>
/// Sees every statement that Npgsql sends in this process, through its activities. Statements to a lane's database are
/// published; templates, resets and foreign databases are not. Our own connections make no activities.
/// </summary>
internal static partial class NpgsqlListener
{
    private const string SourceName = "Npgsql";

    private static readonly Lazy<ActivityListener> Listener = new(Create);

    /// <summary>Starts listening, once per process.</summary>
    public static void Start() => _ = Listener.Value;

    private static ActivityListener Create()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static void Stopped(Activity activity)
    {
        if (activity.GetTagItem("db.namespace") is not string database || LaneDatabases.Find(database) is not { } lane)
        {
            return;
        }

        var text = activity.GetTagItem("db.query.text") as string ?? activity.DisplayName;
        if (text == $"CONNECT {database}" && activity.Status != ActivityStatusCode.Error)
        {
            return; // The pool opened a connection: chance decides in which test.
        }

        var whose = Attribution.Of(activity);
        var tables = lane.Resolver.Resolve(text);
        Recorder.Observe(new SqlExecuted
        {
            Point = lane.Point,
            Text = text,
            Tables = tables.Count > 0 ? tables : null,
            Rows = activity.GetTagItem("db.npgsql.rows") is { } rows ? Convert.ToInt64(rows, System.Globalization.CultureInfo.InvariantCulture) : null,
            SqlState = activity.Status == ActivityStatusCode.Error ? State(activity) : null,
            Constraint = activity.Status == ActivityStatusCode.Error ? Constraint(activity) : null,
            DurationUs = (long)activity.Duration.TotalMicroseconds,
            Test = whose.Test,
            Via = whose.Via,
            Origin = whose.Origin,
            Trace = activity.TraceId.ToHexString(),
            Lane = lane.Lane,
        });
        lane.Statements.Add(text, whose);
    }

    private static string? State(Activity activity) =>
        activity.GetTagItem("db.response.status_code") as string ?? activity.StatusDescription;

    /// <summary>The server's message names the violated constraint; the activity has no tag for it.</summary>
    private static string? Constraint(Activity activity)
    {
        foreach (var happened in activity.Events)
        {
            foreach (var tag in happened.Tags)
            {
                if (tag is { Key: "exception.message", Value: string message } && ConstraintName().Match(message) is { Success: true } match)
                {
                    return match.Groups["name"].Value;
                }
            }
        }

        return null;
    }

    [GeneratedRegex("""constraint "(?<name>[^"]+)"|null value in column "(?<name>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ConstraintName();
}
