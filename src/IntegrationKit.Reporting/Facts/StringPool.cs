namespace IntegrationKit.Facts;

/// <summary>Every journal line brings its own copy of names that repeat a hundred thousand times; one of each is kept.</summary>
internal sealed class StringPool
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public string? Get(string? text)
    {
        if (text is null or { Length: > 256 })
        {
            return text;
        }

        if (known.TryGetValue(text, out var one))
        {
            return one;
        }

        if (known.Count < 50_000)
        {
            known.Add(text);
        }

        return text;
    }

    public IReadOnlyList<string>? Get(IReadOnlyList<string>? texts) => texts is null ? null : [.. texts.Select(text => Get(text))];
}
