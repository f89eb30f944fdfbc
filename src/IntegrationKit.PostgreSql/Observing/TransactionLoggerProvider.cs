using System.Collections.Concurrent;
using IntegrationKit.Databases;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IntegrationKit.Observing;

/// <summary>
/// Commits and rollbacks make no activities in Npgsql, but log entries; a data source built by the application gets its
/// logger factory from the application's services. So the application fixture adds this provider to each host:
/// <code>
/// builder.ConfigureLogging(logging => logging.AddProvider(new TransactionLoggerProvider())
///     .AddFilter&lt;TransactionLoggerProvider&gt;("Npgsql", LogLevel.Debug)
///     .AddFilter&lt;TransactionLoggerProvider&gt;(category => category?.StartsWith("Npgsql", StringComparison.Ordinal) == true));
/// </code>
/// The entries about transactions name a connector; the entry about its opening names the database, hence the lane.
/// </summary>
[ProviderAlias("IntegrationKitTransactions")]
internal sealed class TransactionLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentDictionary<int, string> databases = new();

    public ILogger CreateLogger(string categoryName) =>
        categoryName is "Npgsql.Connection" or "Npgsql.Transaction" ? new Logger(this) : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void Dispose() => databases.Clear();

    private void Read(EventId entry, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        if (Value(values, "ConnectorId") is not int connector)
        {
            return;
        }

        if (Value(values, "Database") is string database)
        {
            databases[connector] = database;
            return;
        }

        var outcome = entry.Id switch { NpgsqlEventId.CommittedTransaction => "committed", NpgsqlEventId.RolledBackTransaction => "rolled_back", _ => null };
        if (outcome is not null && databases.TryGetValue(connector, out var name) && LaneDatabases.Find(name) is { } lane)
        {
            Publish(lane, outcome);
        }
    }

    private static object? Value(IReadOnlyList<KeyValuePair<string, object?>> values, string key)
    {
        foreach (var pair in values)
        {
            if (pair.Key == key)
            {
                return pair.Value;
            }
        }

        return null;
    }

    private static void Publish(LaneDatabase lane, string outcome)
    {
        var activity = System.Diagnostics.Activity.Current;
        var whose = activity is not null ? Attribution.Of(activity)
            : TestScope.Current is { } current ? new Attribution(current, Via.Context, Origin.Test)
            : Attribution.None;
        lane.Transactions.Add(outcome);
        Recorder.Observe(new TransactionEnded
        {
            Point = lane.Point,
            Outcome = outcome,
            Test = whose.Test,
            Via = whose.Via,
            Origin = whose.Origin,
            Trace = activity?.TraceId.ToHexString(),
            Lane = lane.Lane,
        });
    }

    private sealed class Logger(TransactionLoggerProvider owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id is NpgsqlEventId.OpenedConnection or NpgsqlEventId.CommittedTransaction or NpgsqlEventId.RolledBackTransaction
                && state is IReadOnlyList<KeyValuePair<string, object?>> values)
            {
                owner.Read(eventId, values);
            }
        }
    }
}
