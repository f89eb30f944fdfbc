using System.Globalization;
using System.Text;

namespace IntegrationKit.Redaction;

/// <summary>
/// A text on its way into the journal: masked, and no longer than its limit. It is cut twice, generously before masking
/// (megabytes need not be searched) and exactly after it, so that no cut goes through a secret.
/// </summary>
/// <param name="Text">What is kept, with a mark where something was cut.</param>
/// <param name="Cut">Characters that were cut.</param>
/// <param name="Masked">It held a secret.</param>
internal readonly record struct EventText(string Text, int Cut, bool Masked)
{
    public const int Parameter = 1000;
    public const int Name = 4 * 1024;
    public const int Message = 16 * 1024;
    public const int Stack = 32 * 1024;
    public const int PassedOutput = 64 * 1024;
    public const int FailedOutput = 256 * 1024;
    private const int Margin = 16 * 1024;

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, int limit, Redactor redactor) => text is null ? null : Keep(text, limit, redactor).Text;

    public static EventText Keep(string text, int limit, Redactor redactor)
    {
        if (text.Length <= limit + 2 * Margin)
        {
            var whole = redactor.Redact(text)!;
            var masked = !ReferenceEquals(whole, text);
            return whole.Length <= limit ? new(whole, 0, masked) : new(Join(whole, whole, limit, whole.Length - limit), whole.Length - limit, masked);
        }

        var (first, last) = (text[..(limit / 4 + Margin)], text[^(limit - limit / 4 + Margin)..]);
        var (head, tail) = (redactor.Redact(first)!, redactor.Redact(last)!);
        var dropped = text.Length - limit;
        return new(Join(head, tail, limit, dropped), dropped, !ReferenceEquals(head, first) || !ReferenceEquals(tail, last));
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
