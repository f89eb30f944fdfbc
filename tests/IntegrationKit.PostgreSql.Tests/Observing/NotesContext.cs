using IntegrationKit.Observing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace IntegrationKit.PostgreSql.Tests.Observing;

/// <summary>How an application hands its database to Entity Framework Core.</summary>
public enum Door
{
    ConnectionString,
    /// <summary>A data source with the application's logger factory, as <c>AddNpgsqlDataSource</c> makes it.</summary>
    LoggingDataSource,
    /// <summary>A data source that nobody gave a logger factory.</summary>
    SilentDataSource,
    /// <summary>A connection string, and an option for which the provider makes a silent data source.</summary>
    ConfiguredConnectionString,
}

internal sealed class Note
{
    public int Id { get; init; }

    public required string Text { get; init; }
}

internal sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
{
    /// <summary>A text given twice is found out at the commit.</summary>
    public const string Schema = """CREATE TABLE notes ("Id" serial PRIMARY KEY, "Text" text NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED)""";

    public DbSet<Note> Notes => Set<Note>();

    public static NotesContext Through(Door door, string connectionString)
    {
        var builder = new DbContextOptionsBuilder<NotesContext>();
        return new NotesContext((door switch
        {
            Door.ConnectionString => builder.UseNpgsql(connectionString),
            Door.LoggingDataSource => builder.UseNpgsql(Logging(connectionString)),
            Door.SilentDataSource => builder.UseNpgsql(NpgsqlDataSource.Create(connectionString)),
            _ => builder.UseNpgsql(connectionString, options => options.ConfigureDataSource(source => source.EnableRecordsAsTuples())),
        }).Options);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Note>().ToTable("notes");

    private static NpgsqlDataSource Logging(string connectionString) => new NpgsqlDataSourceBuilder(connectionString)
        .UseLoggerFactory(LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new TransactionLoggerProvider())))
        .Build();
}
