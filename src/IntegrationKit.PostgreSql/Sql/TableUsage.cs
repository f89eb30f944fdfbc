namespace IntegrationKit.Sql;

/// <summary>
/// Which tables a statement names and whether it reads or writes them. FROM, JOIN, USING and TABLE read; INSERT, UPDATE,
/// DELETE, MERGE, TRUNCATE, COPY … FROM and REFRESH write. Names of common table expressions and functions are left out.
/// </summary>
internal sealed class TableUsage
{
    private static readonly HashSet<string> ClauseEnds = new(StringComparer.Ordinal)
    {
        "where", "group", "having", "order", "limit", "offset", "fetch", "window", "union", "intersect", "except", "returning", "set", "for", "values", "when",
    };

    private static readonly HashSet<string> FromFunctions = new(StringComparer.Ordinal) { "extract", "substring", "trim", "overlay", "position" };

    private readonly List<SqlToken> tokens;
    private readonly HashSet<string> expressions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Schema, string Name), bool> found = [];
    private readonly Stack<(bool InFrom, bool Function)> levels = new([(false, false)]);
    private string statement = "";
    private int next;

    private TableUsage(string text) => tokens = SqlLexer.Read(text);

    /// <summary>The names as written, and true where the table is written to.</summary>
    public static IReadOnlyList<NamedTable> Of(string text)
    {
        var usage = new TableUsage(text);
        usage.FindExpressions();
        usage.Walk();
        return [.. usage.found.Select(table => new NamedTable(table.Key.Schema, table.Key.Name, table.Value))];
    }

    private void FindExpressions()
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            if (!tokens[i].Is("as") || !tokens.Exists(token => token.Is("with")))
            {
                continue;
            }

            var body = i + 1;
            while (body < tokens.Count && (tokens[body].Is("not") || tokens[body].Is("materialized")))
            {
                body++;
            }

            if (body < tokens.Count && tokens[body].Is("(") && NameBefore(i) is { } name)
            {
                expressions.Add(name);
            }
        }
    }

    /// <summary>The name before AS, with an optional list of columns between.</summary>
    private string? NameBefore(int i)
    {
        i--;
        if (tokens[i].Is(")"))
        {
            while (i > 0 && !tokens[i].Is("("))
            {
                i--;
            }

            i--;
        }

        return i >= 0 && tokens[i].Word ? tokens[i].Text : null;
    }

    private void Walk()
    {
        while (next < tokens.Count)
        {
            var token = tokens[next++];
            if (!token.Word)
            {
                Punctuation(token);
            }
            else if (!token.Quoted)
            {
                Keyword(token.Text);
            }
        }
    }

    private void Punctuation(SqlToken token)
    {
        switch (token.Text)
        {
            case "(":
                levels.Push((false, next >= 2 && tokens[next - 2].Word && FromFunctions.Contains(tokens[next - 2].Text)));
                break;
            case ")" when levels.Count > 1:
                levels.Pop();
                break;
            case "," when levels.Peek().InFrom:
                Table(write: statement == "truncate");
                break;
            case ";":
                levels.Clear();
                levels.Push((false, false));
                statement = "";
                break;
        }
    }

    private void Keyword(string word)
    {
        if (statement.Length == 0 && levels.Count == 1)
        {
            statement = word;
        }

        switch (word)
        {
            case "from" when !levels.Peek().Function && !Previous("distinct") && statement != "copy":
                InFrom(true);
                Table(write: Previous("delete"));
                break;
            case "join":
                Table(write: false);
                break;
            case "using" when (statement is "delete" or "merge" || Deletes()) && next < tokens.Count && tokens[next].Word:
                InFrom(statement == "delete");
                Table(write: false);
                break;
            case "into" when Previous("insert") || Previous("merge"):
            case "update" when !Previous("for") && !Previous("key") && !Previous("do") && !Previous("then") && !Previous("on"):
            case "view" when Previous("materialized") && statement == "refresh":
                Table(write: true);
                break;
            case "truncate":
                InFrom(true);
                Skip("table");
                Table(write: true);
                break;
            case "copy" when statement == "copy":
                Table(write: CopyDirection() == "from");
                break;
            case "table" when statement == "table":
                Table(write: false);
                break;
            default:
                if (ClauseEnds.Contains(word))
                {
                    InFrom(false);
                }

                break;
        }
    }

    private bool Previous(string word) => next >= 2 && tokens[next - 2].Is(word);

    private bool Deletes() => statement == "with" && tokens.Take(next).Any(token => token.Is("delete"));

    private void InFrom(bool value)
    {
        var level = levels.Pop();
        levels.Push((value, level.Function));
    }

    private void Skip(params string[] words)
    {
        while (next < tokens.Count && words.Any(word => tokens[next].Is(word)))
        {
            next++;
        }
    }

    private string CopyDirection() => tokens.Skip(next).FirstOrDefault(token => token.Is("from") || token.Is("to")).Text ?? "";

    private void Table(bool write)
    {
        Skip("only", "lateral", "concurrently");
        if (next >= tokens.Count || !tokens[next].Word || (!tokens[next].Quoted && tokens[next].Text is "select" or "values" or "unnest"))
        {
            return;
        }

        string? schema = null;
        var name = tokens[next++].Text;
        while (next + 1 < tokens.Count && tokens[next].Is(".") && tokens[next + 1].Word)
        {
            (schema, name) = (name, tokens[next + 1].Text);
            next += 2;
        }

        var isFunction = !write && next < tokens.Count && tokens[next].Is("(");
        if (!isFunction && (schema is not null || !expressions.Contains(name)))
        {
            found[(schema, name)] = write || found.GetValueOrDefault((schema, name));
        }
    }
}

// Schema: As written, or null.
internal sealed record NamedTable(string? Schema, string Name, bool Write);
