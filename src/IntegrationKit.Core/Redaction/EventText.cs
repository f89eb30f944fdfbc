using System.Globalization;
using System.Text;

namespace IntegrationKit.Redaction;

/// <summary>
/// A text on its way into the journal: masked, and no longer than its limit. It is cut twice, generously before masking
/// (megabytes need not be searched) and exactly after it, so that no cut goes through a secret.
/// </summary>
internal static class EventText
{
    public const int Name = 4 * 1024;
    public const int Message = 16 * 1024;
    public const int Stack = 32 * 1024;
    public const int PassedOutput = 64 * 1024;
    public const int FailedOutput = 256 * 1024;
    private const int Margin = 16 * 1024;

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, int limit, Redactor redactor)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length <= limit + 2 * Margin)
        {
            var whole = redactor.Redact(text)!;
            return whole.Length <= limit ? whole : Join(whole, whole, limit, whole.Length - limit);
        }

        var head = redactor.Redact(text[..(limit / 4 + Margin)])!;
        var tail = redactor.Redact(text[^(limit - limit / 4 + Margin)..])!;
        return Join(head, tail, limit, text.Length - limit);
    }

    /// <summary>A quarter from the beginning, the rest from the end, where the interesting lines are.</summary>
    private static string Join(string head, string tail, int limit, int dropped)
    {
        var first = Math.Min(head.Length, limit / 4);
        var last = Math.Max(0, tail.Length - (limit - limit / 4));
        first -= first > 0 && char.IsHighSurrogate(head[first - 1]) ? 1 : 0;
        last += last < tail.Length && char.IsLowSurrogate(tail[last]) ? 1 : 0;
        return new StringBuilder(limit + 64).Append(head, 0, first)
            .Append(CultureInfo.InvariantCulture, $"\n… {dropped} characters cut …\n").Append(tail, last, tail.Length - last).ToString();
    }
}
