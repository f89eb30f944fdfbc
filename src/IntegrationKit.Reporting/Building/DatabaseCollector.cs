using System.Text.RegularExpressions;
using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Building;

/// <summary>Statements by table, transactions, violated constraints, resets.</summary>
internal sealed partial class DatabaseCollector(SuiteFacts facts, InteractionNotes interactions)
{
    private readonly Dictionary<string, TableFacts> aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> collapsed = new(StringComparer.Ordinal);

    public void Declare(TableDeclared declared)
    {
        var table = Table(declared.Point, $"{declared.Schema}.{declared.Name}");
        table.Declared = true;
        table.Kind = declared.Kind;
        table.Role = declared.Role ?? table.Role;
    }

    public void Declare(ConstraintDeclared declared) =>
        facts.Constraints.TryAdd(
            $"{declared.Point}\n{declared.Name}",
            new ConstraintFacts(declared.Point, declared.Table, declared.Name, declared.Kind));

    public void Add(Observation observation, ExecutionFacts? execution)
    {
        if (observation.Origin == Origin.Kit && observation is not DatabaseReset)
        {
            return;
        }

        switch (observation)
        {
            case SqlExecuted e:
                Statement(e, execution);
                break;
            case TransactionEnded e when e.Origin == Origin.Application:
                Transaction(e, execution?.Test.TestId);
                break;
            case DatabaseReset e:
                Reset(e, execution?.Test.TestId);
                break;
        }
    }

    private void Statement(SqlExecuted sql, ExecutionFacts? execution)
    {
        var test = execution?.Test.TestId;
        var ours = sql.Origin == Origin.Application;
        var text = Collapse(sql.Text);
        interactions.Note(execution, sql, "sql", text, sql.SqlState ?? "ok", sql.DurationUs);
        foreach (var access in sql.Tables ?? [])
        {
            var table = Table(sql.Point, access.Name);
            var write = access.Access == "write";
            (ours ? write ? table.Written : table.Read : write ? table.WrittenByTests : table.ReadByTests).Add(test);
        }

        if (sql.Constraint is not null && facts.Constraints.TryGetValue($"{sql.Point}\n{sql.Constraint}", out var constraint))
        {
            constraint.Violated.Add(test);
        }

        if (!ours)
        {
            return;
        }

        facts.UnattributedStatements += execution is null ? 1 : 0;
        var point = facts.Point(sql.Point);
        point.Exercised.Add(test);
        if (sql.SqlState is not null)
        {
            point.Errors++;
            facts.TestIdsWithSqlErrors.Add(test);
        }

        HttpCollector.Count(point.Operations, Operation(sql, text), test);
        if (execution is not null && text.StartsWith("select", StringComparison.OrdinalIgnoreCase))
        {
            (execution.Windows ??= new RequestWindows()).Query(sql.AtUs, text);
        }
    }

    private void Transaction(TransactionEnded ended, string? test)
    {
        var point = facts.Point(ended.Point);
        (ended.Outcome switch
        {
            "committed" => point.Committed,
            "leaked" => point.Leaked,
            _ => point.RolledBack,
        }).Add(test);
    }

    private void Reset(DatabaseReset reset, string? test)
    {
        if (!facts.Resets.TryGetValue(reset.Point, out var resets))
        {
            facts.Resets[reset.Point] = resets = [];
        }

        resets.Add(reset);
        foreach (var access in reset.Tables ?? [])
        {
            Table(reset.Point, access.Name).FoundChanged.Add(test);
        }
    }

    private static string Operation(SqlExecuted sql, string text)
    {
        var verb = text.Split(' ', 2)[0].ToUpperInvariant();
        var tables = sql.Tables is { Count: > 0 } some ? " " + string.Join(", ", some.Select(t => t.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) : "";
        return (verb.Length is > 0 and < 12 ? verb : "SQL") + tables;
    }

    /// <summary>Statements of one run repeat: each distinct text is collapsed and kept once.</summary>
    private string Collapse(string text)
    {
        if (!collapsed.TryGetValue(text, out var result))
        {
            result = Spaces().Replace(text.Trim(), " ");
            collapsed[text] = result = result.Length > 400 ? result[..400] + "…" : result;
        }

        return result;
    }

    /// <summary>A name without schema is the declared table of that name, if there is exactly one.</summary>
    private TableFacts Table(string point, string name)
    {
        var bare = name.Replace("\"", "", StringComparison.Ordinal);
        var key = $"{point}\n{bare}";
        if (facts.Tables.TryGetValue(key, out var table) || aliases.TryGetValue(key, out table))
        {
            return table;
        }

        if (!bare.Contains('.', StringComparison.Ordinal))
        {
            var named = facts.Tables.Values.Where(t => t.Point == point && t.Name.EndsWith("." + bare, StringComparison.Ordinal)).ToList();
            if (named.Count == 1 || named.Exists(t => t.Name == "public." + bare))
            {
                return aliases[key] = named.Count == 1 ? named[0] : named.First(t => t.Name == "public." + bare);
            }
        }

        return facts.Tables[key] = new TableFacts(point, bare);
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
