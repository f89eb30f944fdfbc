using IntegrationKit.Databases;
using IntegrationKit.Sql;
using IntegrationKit.Templates;

namespace IntegrationKit.Resets;

/// <summary>
/// Makes what an application left behind at its start part of the state that a lane's tests begin with. Such a lane cannot be
/// cloned from the template any more: where it would have to be, it is thrown away together with its application.
/// </summary>
internal sealed class LaneBaseline(LaneDatabase database, IReadOnlyList<string> keptTables)
{
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        if (database.Identity.Baseline is not { } expected)
        {
            return;
        }

        var differences = await LeakCheck.RunAsync(database.Session.Connection, expected, cancellationToken).ConfigureAwait(false);
        if (differences.Count == 0)
        {
            return;
        }

        if (database.Server.Facts.ExactReset)
        {
            await database.Session.ExecuteAsync($"DROP SCHEMA {Catalogue.OwnSchema} CASCADE", cancellationToken).ConfigureAwait(false);
            await new TemplateFinish(database.Server, keptTables).RunAsync(database.Name, cancellationToken).ConfigureAwait(false);
        }

        await database.RenewSessionAsync(cancellationToken).ConfigureAwait(false);
        var connection = database.Session.Connection;
        var baseline = await Baseline.OfAsync(connection, database.Server.Facts, keptTables, cancellationToken).ConfigureAwait(false);
        database.Adopt(database.Identity with
        {
            Baseline = baseline,
            Resolver = new TableResolver(baseline.Catalogue),
            Portable = database.Identity.Portable is null ? null : await PortableBaseline.ReadAsync(connection, baseline, cancellationToken).ConfigureAwait(false),
        });
    }
}
