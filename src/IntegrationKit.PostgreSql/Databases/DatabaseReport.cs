using IntegrationKit.Journal;
using IntegrationKit.Recording;
using IntegrationKit.Resets;
using IntegrationKit.Resources;
using IntegrationKit.Servers;
using IntegrationKit.Templates;

namespace IntegrationKit.Databases;

/// <summary>Tells the report about one declared database: the point, its server, its tables, how it was prepared.</summary>
internal sealed class DatabaseReport(string name, PostgresOptions options, FixtureContext context)
{
    private const string System = "postgresql";

    private PostgresServer? server;

    private string Point => $"database:{name}";

    public void Ready(PostgresServer running)
    {
        server = running;
        DeclarePoint(Provider(running.Provider));
        Recorder.Observe(Resource("ready") with
        {
            Version = running.Facts.Version,
            Provider = running.Provider,
            Reason = running.Reason,
            Rejected = running.Rejected.Count > 0 ? running.Rejected : null,
            Endpoint = running.Endpoint,
            StartUs = (long)running.StartTime.TotalMicroseconds,
            Details = new Dictionary<string, string>(running.Details)
            {
                ["reset"] = running.Facts.ExactReset ? "in place, one round trip" : "portable (no superuser): truncate, fingerprints, new clones",
                ["max_connections"] = running.Facts.MaxConnections.ToString(global::System.Globalization.CultureInfo.InvariantCulture),
            },
        });
    }

    public void Failed(Exception exception, bool skipped)
    {
        DeclarePoint(null);
        Recorder.Observe(Resource("failed") with
        {
            Version = server?.Facts.Version,
            Provider = server?.Provider,
            Error = exception.Message,
            Reason = skipped ? "the tests are skipped" : null,
        });
    }

    public void Prepared(TemplateRecipe recipe, bool reused, TimeSpan time) => Recorder.Observe(new DatabaseReported
    {
        Point = Point,
        Resource = ResourceId,
        MigrationTool = recipe.Tool,
        Migrations = recipe.Migrations,
        TemplateHash = recipe.Hash,
        TemplateReused = reused,
        Seeds = recipe.Seeds,
        Isolation = options.IsolationMode.ToString(),
        PrepareUs = (long)time.TotalMicroseconds,
    });

    public void Declare(Baseline baseline)
    {
        var extensions = baseline.Seeded.Select(table => table.Oid).ToHashSet();
        foreach (var relation in baseline.Catalogue.Relations.Where(relation => relation.Kind != "S"))
        {
            Recorder.Observe(new TableDeclared
            {
                Point = Point,
                Schema = relation.Schema,
                Name = relation.Name,
                Kind = relation.Kind switch { "v" => "view", "m" => "materialized_view", _ => "table" },
                Role = MigrationHistory.Knows(relation.Name) ? "infrastructure" : extensions.Contains(relation.Oid) ? "seeded" : null,
            });
        }

        foreach (var constraint in baseline.Catalogue.Constraints)
        {
            Recorder.Observe(new ConstraintDeclared
            {
                Point = Point,
                Table = constraint.Table,
                Name = constraint.Name,
                Kind = constraint.Type switch { "f" => "foreign_key", "c" => "check", "x" => "exclusion", "p" => "primary_key", _ => "unique" },
            });
        }
    }

    private string ResourceId => server is null ? $"postgres:{name}" : "postgres:" + server.Provider;

    private ResourceReported Resource(string state) => new()
    {
        Resource = ResourceId,
        Kind = "database_server",
        Name = "PostgreSQL",
        State = state,
    };

    private void DeclarePoint(string? provider) => Recorder.Observe(new PointDeclared
    {
        Id = Point,
        Kind = PointKind.Database,
        Name = name,
        System = System,
        Provider = provider,
        DeclaredBy = context.FixtureName,
    });

    private static string Provider(string provider) => provider == "delegate" ? "external" : provider;
}
