using System.Globalization;
using System.Text;

namespace IntegrationKit.Matching.Paths;

/// <summary>Reads a path's characters, with the place for messages.</summary>
internal sealed class PathScanner(string text)
{
    public int Position { get; set; }

    public bool AtEnd => Position >= text.Length;

    public char Current => AtEnd ? '\0' : text[Position];

    public FormatException Refuse(string problem) => new($"JSON path '{text}': {problem} at character {Position + 1}");

    public void SkipSpace()
    {
        while (char.IsWhiteSpace(Current))
        {
            Position++;
        }
    }

    public bool TryTake(string token)
    {
        if (string.CompareOrdinal(text, Position, token, 0, token.Length) != 0)
        {
            return false;
        }

        Position += token.Length;
        return true;
    }

    /// <summary>As <see cref="TryTake"/>, but a word must end where the token ends.</summary>
    public bool TryTakeWord(string token)
    {
        var start = Position;
        if (TryTake(token) && !(char.IsLetter(token[^1]) && (char.IsLetterOrDigit(Current) || Current == '_')))
        {
            return true;
        }

        Position = start;
        return false;
    }

    public void Expect(char character)
    {
        SkipSpace();
        if (Current != character)
        {
            throw Refuse($"'{character}' expected");
        }

        Position++;
    }

    public string Name()
    {
        var start = Position;
        while (!AtEnd && !" .[]()?@,:=<>!&|'\"*~/".Contains(Current, StringComparison.Ordinal))
        {
            Position++;
        }

        return Position > start ? text[start..Position] : throw Refuse("a name expected");
    }

    public string Quoted()
    {
        var quote = Current;
        Position++;
        var result = new StringBuilder();
        while (!AtEnd && Current != quote)
        {
            if (Current == '\\' && Position + 1 < text.Length)
            {
                Position++;
                result.Append(Unescaped(Current));
            }
            else
            {
                result.Append(Current);
            }

            Position++;
        }

        Expect(quote);
        return result.ToString();
    }

    private static char Unescaped(char letter) => letter switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        _ => letter,
    };

    public int? TryInteger()
    {
        var start = Position;
        if (Current == '-')
        {
            Position++;
        }

        while (char.IsAsciiDigit(Current))
        {
            Position++;
        }

        if (int.TryParse(text.AsSpan(start, Position - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Position = start;
        return null;
    }

    /// <summary>Everything up to the bracket or character that ends a literal at this depth.</summary>
    public string Balanced(char open, char close)
    {
        var start = Position;
        var depth = 0;
        do
        {
            if (Current is '"' or '\'')
            {
                Quoted();
                continue;
            }

            depth += Current == open ? 1 : Current == close ? -1 : 0;
            Position++;
        }
        while (depth > 0 && !AtEnd);
        return text[start..Position];
    }

    /// <summary>The rest of a number or a word.</summary>
    public string Bare()
    {
        var start = Position;
        while (!AtEnd && (char.IsLetterOrDigit(Current) || Current is '.' or '-' or '+' or '_'))
        {
            Position++;
        }

        return text[start..Position];
    }

    public string Until(char end)
    {
        var start = Position;
        while (!AtEnd && Current != end)
        {
            Position += Current == '\\' ? 2 : 1;
        }

        return text[start..Math.Min(Position, text.Length)];
    }
}
