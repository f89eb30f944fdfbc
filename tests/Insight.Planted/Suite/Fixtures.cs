using Insight.Planted;

[assembly: AssemblyFixture(typeof(LibraryFixture))]
[assembly: AssemblyFixture(typeof(DepotFixture))]

namespace Insight.Planted;

public sealed class LibraryFixture : ApplicationFixture<Program>
{
    public LibraryFixture()
    {
        UsePostgres("library", options => options.ConnectionString("ConnectionStrings:Library").MigrateFromFiles("library.sql"));
        Ratings = UseHttpMock("ratings", options => options.BaseAddress("Services:ratings"));
        Labels = UseHttpMock("labels", options => options.BaseAddress("Services:labels"));
        UseHttpMock("vault", options => options.BaseAddress("Services:vault"));
        Archive = UsePostgres("archive", options => options.MigrateFromFiles("archive.sql").Isolate(Isolation.PerFixture));
        Atlas = UsePostgres("atlas", options => options.MigrateFromFiles("atlas.sql").Isolate(Isolation.PerFixture));
        UseIdentityProvider("Auth:Authority");
    }

    public PostgresDatabase Archive { get; }

    public PostgresDatabase Atlas { get; }

    public HttpMock Ratings { get; }

    public HttpMock Labels { get; }
}

public sealed class DepotFixture : ApplicationFixture<Depot.Startup>
{
    public DepotFixture()
    {
        UsePostgres("depot", options => options.ConnectionString("ConnectionStrings:Depot").MigrateFromFiles("depot.sql"));
        Pricing = UseHttpMock("pricing", options => options.BaseAddress("Pricing:Url").AllowUnused());
        Carrier = UseHttpMock("carrier", options => options.BaseAddress("Carrier:Url").AllowUnmatched());
        UseIdentityProvider("Auth:Authority");
    }

    public HttpMock Pricing { get; }

    public HttpMock Carrier { get; }
}
