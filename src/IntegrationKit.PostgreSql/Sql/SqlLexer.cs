namespace IntegrationKit.Sql;

/// <summary>
/// Splits a statement into the tokens that matter for finding tables: words (folded to lower case unless quoted), dots,
/// parentheses, commas, semicolons. Strings, comments, numbers and operators are passed over.
/// </summary>
internal static class SqlLexer
{
    public static List<SqlToken> Read(string text)
    {
        List<SqlToken> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            switch (c)
            {
                case '\'':
                    i = SkipString(text, i + 1, escapes: i > 0 && text[i - 1] is 'e' or 'E');
                    break;
                case '"':
                    i = ReadQuoted(text, i + 1, tokens);
                    break;
                case '-' when At(text, i + 1) == '-':
                    i = text.IndexOf('\n', i) is >= 0 and var end ? end : text.Length;
                    break;
                case '/' when At(text, i + 1) == '*':
                    i = SkipComment(text, i + 2);
                    break;
                case '$':
                    i = SkipDollar(text, i);
                    break;
                case '(' or ')' or ',' or ';' or '.':
                    tokens.Add(new SqlToken(c.ToString(), Word: false));
                    i++;
                    break;
                default:
                    i = IsStart(c) ? ReadWord(text, i, tokens) : i + 1;
                    break;
            }
        }

        return tokens;
    }

    private static char At(string text, int i) => i < text.Length ? text[i] : '\0';

    private static bool IsStart(char c) => char.IsLetter(c) || c == '_';

    private static int ReadWord(string text, int start, List<SqlToken> tokens)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '$'))
        {
            end++;
        }

        // E'…', B'…', N'…': a prefix of a string, not a word.
        if (end - start > 1 || At(text, end) != '\'')
        {
            tokens.Add(new SqlToken(text[start..end].ToLowerInvariant(), Word: true));
        }

        return end;
    }

    private static int ReadQuoted(string text, int start, List<SqlToken> tokens)
    {
        var name = new System.Text.StringBuilder();
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                if (At(text, i + 1) != '"')
                {
                    tokens.Add(new SqlToken(name.ToString(), Word: true, Quoted: true));
                    return i + 1;
                }

                i++;
            }

            name.Append(text[i]);
        }

        return text.Length;
    }

    private static int SkipString(string text, int i, bool escapes)
    {
        for (; i < text.Length; i++)
        {
            if (escapes && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '\'')
            {
                if (At(text, i + 1) != '\'')
                {
                    return i + 1;
                }

                i++;
            }
        }

        return text.Length;
    }

    private static int SkipComment(string text, int i)
    {
        for (var depth = 1; i < text.Length; i++)
        {
            if (text[i] == '*' && At(text, i + 1) == '/')
            {
                i++;
                if (--depth == 0)
                {
                    return i + 1;
                }
            }
            else if (text[i] == '/' && At(text, i + 1) == '*')
            {
                depth++;
                i++;
            }
        }

        return text.Length;
    }

    /// <summary>A parameter ($1) or a dollar-quoted string.</summary>
    private static int SkipDollar(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        if (At(text, end) != '$' || char.IsAsciiDigit(At(text, start + 1)))
        {
            return end;
        }

        var tag = text[start..(end + 1)];
        return text.IndexOf(tag, end + 1, StringComparison.Ordinal) is >= 0 and var close ? close + tag.Length : text.Length;
    }
}

// Word: A name or a keyword; otherwise punctuation.
// Quoted: Written in double quotes: never a keyword.
internal readonly record struct SqlToken(string Text, bool Word, bool Quoted = false)
{
    public bool Is(string keyword) => !Quoted && Text == keyword;
}
