namespace IntegrationKit.Building;

/// <summary>
/// The two sides of a failed comparison, from the lines <c>Expected:</c> and <c>Actual:</c> of its message. One pass by hand:
/// messages are what tests make them, and a regular expression takes its time over the wrong ones.
/// </summary>
internal static class ExpectedActual
{
    private const string Expected = "Expected:";
    private const string Actual = "Actual:";

    public static bool TryRead(string message, out string expected, out string actual)
    {
        (expected, actual) = ("", "");
        var from = FindLine(message, Expected, 0, indented: false);
        var to = from < 0 ? -1 : FindLine(message, Actual, from, indented: true);
        if (to < 0)
        {
            return false;
        }

        expected = message[(from + Expected.Length)..to].Trim();
        actual = WithoutArrow(message[(to + Actual.Length)..].Trim());
        return true;
    }

    /// <summary>Where a line begins with the word and a space, or -1.</summary>
    private static int FindLine(string text, string word, int from, bool indented)
    {
        for (var at = text.IndexOf(word, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if (end < text.Length && char.IsWhiteSpace(text[end]) && BeginsLine(text, at, indented))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool BeginsLine(string text, int at, bool indented)
    {
        while (indented && at > 0 && text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at == 0 || text[at - 1] == '\n';
    }

    /// <summary>xUnit points at the first difference of two texts.</summary>
    private static string WithoutArrow(string actual)
    {
        var line = actual.LastIndexOf('\n') + 1;
        var last = actual.AsSpan(line).Trim();
        return line > 0 && last.StartsWith("↑ (pos ", StringComparison.Ordinal) && last[^1] == ')' ? actual[..line].TrimEnd() : actual;
    }
}
