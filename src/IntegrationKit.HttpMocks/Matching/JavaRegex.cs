using System.Text;
using System.Text.RegularExpressions;

namespace IntegrationKit.Matching;

/// <summary>
/// Java's regular expressions on .NET's engine: forms that only Java knows are translated, or refused by name where .NET has
/// no equal. Always anchored (stub mappings match whole values) and limited in time.
/// </summary>
internal static partial class JavaRegex
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["Lower"] = "a-z",
        ["Upper"] = "A-Z",
        ["ASCII"] = "\\x00-\\x7F",
        ["Alpha"] = "a-zA-Z",
        ["Digit"] = "0-9",
        ["Alnum"] = "a-zA-Z0-9",
        ["Punct"] = "!-/:-@\\[-`{-~",
        ["Graph"] = "!-~",
        ["Print"] = " -~",
        ["Blank"] = " \\t",
        ["Cntrl"] = "\\x00-\\x1F\\x7F",
        ["XDigit"] = "0-9a-fA-F",
        ["Space"] = " \\t\\n\\x0B\\f\\r",
        ["javaLowerCase"] = "\\p{Ll}",
        ["javaUpperCase"] = "\\p{Lu}",
        ["javaWhitespace"] = "\\s",
        ["IsAlphabetic"] = "\\p{L}\\p{Nl}",
        ["IsDigit"] = "\\p{Nd}",
        ["IsLatin"] = "A-Za-z\\u00AA\\u00BA\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u024F",
        ["IsPunctuation"] = "\\p{P}",
        ["IsWhite_Space"] = "\\s",
    };

    /// <exception cref="ArgumentException">The pattern is invalid.</exception>
    /// <exception cref="FormatException">The pattern uses a form that cannot be translated.</exception>
    public static Regex Compile(string pattern)
    {
        var options = RegexOptions.Singleline | RegexOptions.CultureInvariant;
        return new Regex($"\\A(?:{Translate(pattern)})\\z", options, TimeLimit);
    }

    /// <summary>Like <see cref="Compile"/>, but matching a part of the text is enough.</summary>
    public static Regex CompileToFind(string pattern) =>
        new(Translate(pattern), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeLimit);

    public static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            switch (character)
            {
                case '\\':
                    i = Escape(pattern, i, inClass > 0, result);
                    continue;
                case '[' when inClass > 0:
                    throw new FormatException("nested character classes ([a[b]]) are a Java form that is not supported; write them as one class");
                case '[':
                    inClass++;
                    result.Append(character);
                    i = ClassStart(pattern, i, result);
                    continue;
                case ']' when inClass > 0:
                    inClass--;
                    break;
                case '&' when inClass > 0 && i + 1 < pattern.Length && pattern[i + 1] == '&':
                    throw new FormatException("intersection of character classes (&&) is a Java form that is not supported");
                case '+' when inClass == 0 && result.Length > 0 && IsPossessive(pattern, i):
                    Atomic(result);
                    continue;
                case '{' when inClass == 0 && !Repetition().IsMatch(pattern, i):
                    throw new FormatException($"illegal repetition at character {i}: {{ has to be escaped");
                case '(' when inClass == 0 && InlineFlags().Match(pattern, i) is { Success: true } flags:
                    i += flags.Length - 1;
                    result.Append(Flags(flags));
                    continue;
            }

            result.Append(character);
        }

        return result.ToString();
    }

    /// <summary>Java's u, U and d say how letters and line ends are read; .NET has no such flags and reads Unicode.</summary>
    private static string Flags(Match flags)
    {
        var kept = flags.Groups["flags"].Value.Replace("u", "", StringComparison.Ordinal).Replace("U", "", StringComparison.Ordinal).Replace("d", "", StringComparison.Ordinal);
        var end = flags.Groups["end"].Value;
        return kept is "" or "-" ? end == ":" ? "(?:" : "" : $"(?{kept}{end}";
    }

    [GeneratedRegex(@"\G\{\d+(,\d*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repetition();

    [GeneratedRegex(@"\G\(\?(?<flags>[imsxduU-]+)(?<end>[:)])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineFlags();

    private static int ClassStart(string pattern, int index, StringBuilder result)
    {
        if (index + 1 < pattern.Length && pattern[index + 1] == '^')
        {
            result.Append('^');
            index++;
        }

        return index;
    }

    private static int Escape(string pattern, int index, bool inClass, StringBuilder result)
    {
        if (index + 1 >= pattern.Length)
        {
            throw new FormatException("the pattern ends in a backslash");
        }

        switch (pattern[index + 1])
        {
            case 'Q':
                var end = pattern.IndexOf("\\E", index + 2, StringComparison.Ordinal);
                var quoted = end < 0 ? pattern[(index + 2)..] : pattern[(index + 2)..end];
                result.Append(Regex.Escape(quoted).Replace("]", "\\]", StringComparison.Ordinal));
                return end < 0 ? pattern.Length : end + 1;
            case 'p' or 'P' when index + 2 < pattern.Length && pattern[index + 2] == '{':
                return Property(pattern, index, inClass, result);
            case 'h':
                result.Append(inClass ? " \\t\\u00A0" : "[ \\t\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000]");
                return index + 1;
            case 'd' or 'w' or 's' or 'D' or 'W' or 'S':
                Shorthand(pattern[index + 1], inClass, result);
                return index + 1;
            case 'R':
                result.Append("(?:\\r\\n|[\\n\\x0B\\f\\r\\u0085\\u2028\\u2029])");
                return index + 1;
            case 'Z':
                result.Append("\\Z");
                return index + 1;
            case '0' when !inClass && index + 2 < pattern.Length && char.IsBetween(pattern[index + 2], '0', '7'):
                var digits = 1;
                while (digits < 3 && index + 2 + digits < pattern.Length && char.IsBetween(pattern[index + 2 + digits], '0', '7'))
                {
                    digits++;
                }

                result.Append("\\x").Append(Convert.ToInt32(pattern.Substring(index + 2, digits), 8).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                return index + 1 + digits;
            case 'X':
                throw new FormatException("\\X (grapheme cluster) is a Java form that is not supported");
            case 'x' when index + 2 < pattern.Length && pattern[index + 2] == '{':
                var close = pattern.IndexOf('}', index);
                result.Append(Regex.Escape(char.ConvertFromUtf32(Convert.ToInt32(pattern[(index + 3)..close], 16))));
                return close;
            default:
                result.Append(pattern, index, 2);
                return index + 1;
        }
    }

    /// <summary>Java's shorthands are ASCII only.</summary>
    private static void Shorthand(char letter, bool inClass, StringBuilder result)
    {
        var members = char.ToLowerInvariant(letter) switch
        {
            'd' => "0-9",
            'w' => "a-zA-Z0-9_",
            _ => " \\t\\n\\x0B\\f\\r",
        };
        if (char.IsAsciiLetterUpper(letter) && inClass)
        {
            result.Append('\\').Append(letter);
            return;
        }

        result.Append(inClass ? members : char.IsAsciiLetterUpper(letter) ? $"[^{members}]" : $"[{members}]");
    }

    private static int Property(string pattern, int index, bool inClass, StringBuilder result)
    {
        var close = pattern.IndexOf('}', index);
        if (close < 0)
        {
            throw new FormatException("\\p{ is not closed");
        }

        var name = pattern[(index + 3)..close];
        if (!Classes.TryGetValue(name, out var members))
        {
            if (name.StartsWith("In", StringComparison.Ordinal))
            {
                result.Append('\\').Append(pattern[index + 1]).Append("{Is").Append(name, 2, name.Length - 2).Append('}');
                return close;
            }

            result.Append(pattern, index, close - index + 1);
            return close;
        }

        var negated = pattern[index + 1] == 'P';
        if (inClass && negated)
        {
            throw new FormatException($"\\P{{{name}}} inside a character class is a Java form that is not supported");
        }

        result.Append(inClass ? members : $"[{(negated ? "^" : "")}{members}]");
        return close;
    }

    /// <summary>A plus right after a quantifier makes it possessive in Java.</summary>
    private static bool IsPossessive(string pattern, int index) =>
        pattern[index - 1] is '*' or '+' or '?' or '}' && (index < 2 || pattern[index - 2] != '\\')
        && (pattern[index - 1] != '}' || pattern.LastIndexOf('{', index - 1) is var open && open > 0 && char.IsAsciiDigit(pattern[open + 1]));

    /// <summary>Wraps the last quantified atom of the result in an atomic group.</summary>
    private static void Atomic(StringBuilder result)
    {
        var text = result.ToString();
        var end = text.Length - 1;
        var atomEnd = text[end] == '}' ? text.LastIndexOf('{') : end;
        var start = AtomStart(text, atomEnd - 1);
        result.Insert(start, "(?>").Append(')');
    }

    private static int AtomStart(string text, int last)
    {
        if (text[last] is ')' or ']' && (last == 0 || text[last - 1] != '\\'))
        {
            var open = text[last] == ')' ? '(' : '[';
            var depth = 0;
            for (var i = last; i >= 0; i--)
            {
                var escaped = i > 0 && text[i - 1] == '\\';
                depth += escaped ? 0 : text[i] == text[last] ? 1 : text[i] == open ? -1 : 0;
                if (depth == 0)
                {
                    return i;
                }
            }
        }

        return last > 0 && text[last - 1] == '\\' ? last - 1 : last;
    }
}
