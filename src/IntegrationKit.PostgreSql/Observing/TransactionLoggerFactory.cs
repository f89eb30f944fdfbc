using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace IntegrationKit.Observing;

/// <summary>Lets data sources that no application configures report their transactions too.</summary>
internal sealed class TransactionLoggerFactory : ILoggerFactory
{
    private readonly TransactionLoggerProvider provider = new();

    /// <summary>
    /// Connections made from a bare connection string (<c>UseNpgsql(connectionString)</c>, <c>new NpgsqlConnection(…)</c>)
    /// log to one factory per process. It is ours until the application sets another; one that is set already stays.
    /// </summary>
    public static void HearConnectionStrings()
    {
        var current = typeof(NpgsqlLoggingConfiguration).GetField("GlobalLoggerFactory", BindingFlags.Static | BindingFlags.NonPublic);
        if (current?.GetValue(null) is NullLoggerFactory)
        {
            NpgsqlLoggingConfiguration.InitializeLogging(new TransactionLoggerFactory());
        }
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This factory has its one provider.");

    public ILogger CreateLogger(string categoryName) => provider.CreateLogger(categoryName);

    public void Dispose() => provider.Dispose();
}
