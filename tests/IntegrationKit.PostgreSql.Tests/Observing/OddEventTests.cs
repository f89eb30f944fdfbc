using System.Diagnostics;
using IntegrationKit.Observations;
using IntegrationKit.Observing;
using IntegrationKit.PostgreSql.Tests.Support;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Observing;

/// <summary>What no release of Entity Framework Core or Npgsql sends today, or only where two servers are in play.</summary>
public sealed class OddEventTests
{
    private static readonly string[] Parts = ["Started", "Used", "Committed", "RolledBack", "Disposed"];

    [Fact]
    public async Task Events_with_other_contents_harm_nobody()
    {
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)");
        using var framework = new DiagnosticListener("Microsoft.EntityFrameworkCore");

        foreach (var name in Parts.Select(part => $"Microsoft.EntityFrameworkCore.Database.Transaction.Transaction{part}"))
        {
            framework.IsEnabled(name).Should().BeTrue();
            object?[] contents = [null, "a text", new { Transaction = 1 }, new Failing()];
            foreach (var content in contents)
            {
                framework.Invoking(it => it.Write(name, content)).Should().NotThrow();
            }
        }

        framework.IsEnabled("Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted").Should().BeFalse();
    }

    [Fact]
    public async Task A_process_number_that_two_servers_use_is_not_taken_for_either()
    {
        await using var database = await TestDatabase.ReadyAsync("CREATE TABLE t (id int)");
        using var provider = new TransactionLoggerProvider();
        var connections = provider.CreateLogger("Npgsql.Connection");
        var transactions = provider.CreateLogger("Npgsql.Transaction");
        var name = new NpgsqlConnectionStringBuilder(database.Resource.ConnectionString).Database!;

        Opened(70, "one", name);
        Opened(71, "one", name);
        Opened(71, "one", name);
        Opened(70, "other", "elsewhere");
        Opened(70, "one", name);
        Committed(70);
        Committed(71);

        database.Events<TransactionEnded>().Should().ContainSingle();

        void Opened(int process, string host, string called) => connections.Log(LogLevel.Debug, new EventId(NpgsqlEventId.OpenedConnection), Entry(("Host", host), ("Port", 5432), ("Database", called), ("ConnectorId", process)), null, Text);
        void Committed(int process) => transactions.Log(LogLevel.Debug, new EventId(NpgsqlEventId.CommittedTransaction), Entry(("ConnectorId", process)), null, Text);
        static List<KeyValuePair<string, object?>> Entry(params (string Key, object? Value)[] values) => [.. values.Select(value => KeyValuePair.Create(value.Key, value.Value))];
        static string Text(List<KeyValuePair<string, object?>> state, Exception? exception) => "";
    }

    private sealed class Failing
    {
        public NpgsqlTransaction Transaction => throw new InvalidOperationException("Not here.");
    }
}
