using System.Collections.Concurrent;
using IntegrationKit.Databases;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IntegrationKit.Observing;

/// <summary>
/// Commits and rollbacks make no activities in Npgsql, but log entries. The application fixture adds this provider to each
/// host, whose data sources log to the host's factory; see <see cref="TransactionLoggerFactory"/> for the others. The
/// entries about transactions name a connector; the entry about its opening names the database, hence the lane.
/// </summary>
[ProviderAlias("IntegrationKitTransactions")]
internal sealed class TransactionLoggerProvider : ILoggerProvider
{
    /// <summary>Null where two servers have a process of the same number: which of them an entry means cannot be told.</summary>
    private readonly ConcurrentDictionary<int, Place?> places = new();

    public ILogger CreateLogger(string categoryName) =>
        categoryName is "Npgsql.Connection" or "Npgsql.Transaction" ? new Logger(this) : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void Dispose() => places.Clear();

    private void Opened(int connector, Place place) => places.AddOrUpdate(
        connector,
        static (_, opened) => opened,
        static (_, known, opened) => known == opened ? known : known is not null && known.IsOnServerOf(opened) ? opened : null,
        place);

    private void Ended(int connector, string outcome)
    {
        if (places.GetValueOrDefault(connector) is { } place && LaneDatabases.Find(place.Database) is { } lane)
        {
            lane.Transactions.Hear(connector);
            EndedTransactions.Publish(lane, outcome);
        }
    }

    private static object? Value(IReadOnlyList<KeyValuePair<string, object?>> values, string key)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index] is var pair && pair.Key == key)
            {
                return pair.Value;
            }
        }

        return null;
    }

    private sealed record Place(string? Host, int? Port, string Database)
    {
        public bool IsOnServerOf(Place other) => Host == other.Host && Port == other.Port;
    }

    private sealed class Logger(TransactionLoggerProvider owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id is not (NpgsqlEventId.OpenedConnection or NpgsqlEventId.CommittedTransaction or NpgsqlEventId.RolledBackTransaction)
                || state is not IReadOnlyList<KeyValuePair<string, object?>> values || Value(values, "ConnectorId") is not int connector)
            {
                return;
            }

            if (eventId.Id != NpgsqlEventId.OpenedConnection)
            {
                owner.Ended(connector, eventId.Id == NpgsqlEventId.CommittedTransaction ? "committed" : "rolled_back");
            }
            else if (Value(values, "Database") is string database)
            {
                owner.Opened(connector, new Place(Value(values, "Host") as string, Value(values, "Port") as int?, database));
            }
        }
    }
}
