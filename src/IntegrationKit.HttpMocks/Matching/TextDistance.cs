namespace IntegrationKit.Matching;

/// <summary>Edit distance, for ranking what nearly matched.</summary>
internal static class TextDistance
{
    private const int Limit = 256;

    /// <summary>0 for equal texts, 1 when one is missing or nothing is alike. Long texts are compared by their beginning.</summary>
    public static double Normalised(string expected, string? actual)
    {
        if (actual is null)
        {
            return 1;
        }

        var left = expected.AsSpan(0, Math.Min(expected.Length, Limit));
        var right = actual.AsSpan(0, Math.Min(actual.Length, Limit));
        var longest = Math.Max(left.Length, right.Length);
        return longest == 0 ? 0 : (double)Edits(left, right) / longest;
    }

    private static int Edits(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<int> row = stackalloc int[Limit + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var above = row[column];
                var replace = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                row[column] = Math.Min(replace, Math.Min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
