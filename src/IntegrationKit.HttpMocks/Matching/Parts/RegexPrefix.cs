using System.Text;

namespace IntegrationKit.Matching.Parts;

/// <summary>The literal text every match of a regex begins with, so that patterns can be indexed like paths.</summary>
internal static class RegexPrefix
{
    public static string Of(string pattern)
    {
        if (HasTopLevelAlternative(pattern))
        {
            return "";
        }

        var prefix = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character == '^' && i == 0)
            {
                continue;
            }

            if (character == '\\' && i + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[i + 1]))
            {
                character = pattern[++i];
            }
            else if ("\\[](){}.*+?|^$".Contains(character, StringComparison.Ordinal))
            {
                return Cut(prefix, character);
            }

            prefix.Append(character);
        }

        return prefix.ToString();
    }

    /// <summary>A quantifier that allows zero takes back the character before it.</summary>
    private static string Cut(StringBuilder prefix, char stop) =>
        stop is '*' or '?' or '{' && prefix.Length > 0 ? prefix.ToString(0, prefix.Length - 1) : prefix.ToString();

    private static bool HasTopLevelAlternative(string pattern)
    {
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case '|' when depth <= 0:
                    return true;
            }
        }

        return false;
    }
}
