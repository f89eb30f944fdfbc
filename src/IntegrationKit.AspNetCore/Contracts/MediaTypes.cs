namespace IntegrationKit.Contracts;

internal static class MediaTypes
{
    public static bool IsJson(string? contentType)
    {
        var type = Bare(contentType);
        return type is "application/json" or "text/json" || type.EndsWith("+json", StringComparison.Ordinal);
    }

    public static string Bare(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
