using IntegrationKit.Databases;

namespace IntegrationKit.Resets;

/// <summary>
/// The reset for a role without superuser rights. Weaker in speed, not in exactness: nothing can be switched off, so rows go
/// by TRUNCATE of the dirty tables and those that reference them; a change that this cannot undo (schema, seeded rows, large
/// objects, views) shows in a fingerprint and leads to a new clone.
/// </summary>
internal sealed class PortableReset(LaneDatabase database, Dictionary<string, long> tables)
{
    private PortableBaseline Expected => database.Identity.Portable
        ?? throw new InvalidOperationException("The baseline of a server without superuser rights was not read.");

    /// <returns>Empty when the database is clean, else why it needs a new clone.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var connection = database.Session.Connection;
        var state = await PortableBaseline.StateAsync(connection, Expected.Baseline, cancellationToken).ConfigureAwait(false);
        if (state.Prepared)
        {
            Issues.PreparedTransaction(database);
            await database.Session.RollBackPreparedAsync(cancellationToken).ConfigureAwait(false);
        }

        if (state.Busy)
        {
            return "a transaction was left open";
        }

        if (state.Fingerprint != Expected.Fingerprint)
        {
            return "the schema, seeded rows or large objects were changed";
        }

        var dirty = Expected.Baseline.Empty.Zip(state.Filled).Where(pair => pair.Second).Select(pair => pair.First).ToArray();
        var closure = Closure(dirty);
        if (closure is null)
        {
            return "rows of tables were added that seeded tables reference";
        }

        var text = (closure.Count > 0 ? $"TRUNCATE ONLY {string.Join(", ONLY ", closure.Select(table => table.Quoted))}; " : "")
            + (Expected.Baseline.Sequences.Count > 0 ? Expected.Baseline.SetSequences : "");
        if (text.Length > 0)
        {
            await database.Session.ExecuteAsync(text, cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in dirty)
        {
            tables[table.Quoted] = -1;
        }

        return "";
    }

    /// <summary>The dirty tables and all that reference them, or null when one of those holds rows that must stay.</summary>
    private List<Relation>? Closure(Relation[] dirty)
    {
        var empty = Expected.Baseline.Empty.ToDictionary(table => table.Oid);
        var referencing = Expected.Baseline.Catalogue.Constraints.Where(key => key.Type == "f").ToLookup(key => key.ReferencedOid, key => key.TableOid);
        HashSet<uint> members = [.. dirty.Select(table => table.Oid)];
        Queue<uint> pending = new(members);
        while (pending.TryDequeue(out var member))
        {
            foreach (var next in referencing[member].Where(members.Add))
            {
                pending.Enqueue(next);
            }
        }

        return members.All(empty.ContainsKey) ? [.. members.Select(member => empty[member])] : null;
    }
}
