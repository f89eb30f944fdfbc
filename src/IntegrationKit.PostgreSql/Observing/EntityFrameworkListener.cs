using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using IntegrationKit.Databases;
using Npgsql;

namespace IntegrationKit.Observing;

/// <summary>
/// Hears Entity Framework Core's diagnostic events about transactions; needs no reference on it. Its provider makes data
/// sources of its own (<c>MapEnum</c>, <c>UseNodaTime</c>, <c>ConfigureDataSource</c>), and those log nowhere. All other
/// events cost the comparison of a name.
/// </summary>
internal sealed class EntityFrameworkListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Source = "Microsoft.EntityFrameworkCore";
    private const string Started = Source + ".Database.Transaction.TransactionStarted";
    private const string Used = Source + ".Database.Transaction.TransactionUsed";
    private const string Committed = Source + ".Database.Transaction.TransactionCommitted";
    private const string RolledBack = Source + ".Database.Transaction.TransactionRolledBack";
    private const string Disposed = Source + ".Database.Transaction.TransactionDisposed";

    /// <summary>By transaction: once disposed, it no longer names its connection.</summary>
    private readonly ConditionalWeakTable<DbTransaction, OpenTransaction> open = [];
    private readonly ConcurrentDictionary<Type, PropertyInfo?> properties = new();

    private EntityFrameworkListener()
    {
    }

    public static void Subscribe() => DiagnosticListener.AllListeners.Subscribe(new EntityFrameworkListener());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Source)
        {
            value.Subscribe(this, static name => name is Started or Used or Committed or RolledBack or Disposed);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            if (value.Value is { } happened && Transaction(happened) is { } transaction)
            {
                Read(value.Key, transaction);
            }
        }
#pragma warning disable CA1031 // whatever another version tells or a broken connection answers, the application must not feel it
        catch (Exception)
#pragma warning restore CA1031
        {
            // This transaction is not observed.
        }
    }

    public void OnCompleted()
    {
        // The application's context services are gone; others may come.
    }

    public void OnError(Exception error)
    {
        // Diagnostic listeners do not fail.
    }

    private NpgsqlTransaction? Transaction(object happened) =>
        properties.GetOrAdd(happened.GetType(), static type => type.GetProperty("Transaction"))?.GetValue(happened) as NpgsqlTransaction;

    private void Read(string name, NpgsqlTransaction transaction)
    {
        switch (name)
        {
            case Started or Used:
                Begin(transaction);
                break;
            case Committed:
                End(transaction, "committed");
                break;
            case RolledBack:
                End(transaction, "rolled_back");
                break;
            case Disposed when open.TryGetValue(transaction, out var undone) && undone.Connection.State == ConnectionState.Open:
                End(transaction, "rolled_back"); // nothing was said, or the commit failed; a broken connection leaves it unknown
                break;
            default:
                open.Remove(transaction);
                break;
        }
    }

    private void Begin(NpgsqlTransaction transaction)
    {
        if (transaction.Connection is { } connection && LaneDatabases.Find(connection.Database) is { } lane)
        {
            lane.Transactions.TakeHeard(connection.ProcessID); // of an earlier transaction, which was not Entity Framework's
            open.AddOrUpdate(transaction, new OpenTransaction(connection, connection.ProcessID, lane));
        }
    }

    private void End(NpgsqlTransaction transaction, string outcome)
    {
        if (open.TryGetValue(transaction, out var ended) && open.Remove(transaction) && !ended.Lane.Transactions.TakeHeard(ended.Process))
        {
            EndedTransactions.Publish(ended.Lane, outcome);
        }
    }

    private sealed record OpenTransaction(NpgsqlConnection Connection, int Process, LaneDatabase Lane);
}
