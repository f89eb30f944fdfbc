using System.Text.RegularExpressions;
using IntegrationKit.Identity;
using IntegrationKit.Journal;

namespace IntegrationKit.Facts;

/// <summary>
/// What makes two failures the same failure: type, message without its volatile parts, first frame of the suite's own
/// code. The prefix is the version of this algorithm.
/// </summary>
internal static partial class Fingerprints
{
    public static string Of(TestError error)
    {
        var root = Innermost(error);
        return "f1-" + TestIds.Digest($"{root.Type}\n{Normalise(root.Message)}\n{OwnFrame(root.Stack ?? error.Stack)}", 16);
    }

    /// <summary>An id for an issue or a recommendation: rule and subject.</summary>
    public static string Of(string rule, string subject) => "i1-" + TestIds.Digest($"{rule}\n{Normalise(subject)}", 16);

    public static TestError Innermost(TestError error)
    {
        while (error.Inner is [var inner, ..])
        {
            error = inner;
        }

        return error;
    }

    public static string Normalise(string text)
    {
        var head = text.Length > 4096 ? text[..4096] : text;
        try
        {
            return Placeholders(head);
        }
        catch (RegexMatchTimeoutException)
        {
            return head; // no text a test thinks up may cost the report
        }
    }

    private static string Placeholders(string head)
    {
        head = Guids().Replace(head, "<guid>");
        head = Instants().Replace(head, "<time>");
        head = Paths().Replace(head, "<path>");
        head = LongQuotes().Replace(head, "<text>");
        head = Hexes().Replace(head, "<hex>");
        return Numbers().Replace(head, "<n>");
    }

    /// <summary>Type.Method of the first frame that is neither the framework's nor a test library's, ours included.</summary>
    public static string? OwnFrame(string? stack) => FirstFrame(stack, static name => !Foreign().IsMatch(name) && !Ours().IsMatch(name));

    /// <summary>The same for what failed inside this library.</summary>
    public static string? OurFrame(string? stack) => FirstFrame(stack, static name => !Foreign().IsMatch(name));

    private static string? FirstFrame(string? stack, Func<string, bool> wanted)
    {
        if (stack is null)
        {
            return null;
        }

        foreach (var line in stack.AsSpan(0, Math.Min(stack.Length, 16384)).EnumerateLines())
        {
            var frame = line.Trim();
            if (!frame.StartsWith("at ", StringComparison.Ordinal))
            {
                continue;
            }

            frame = frame[3..];
            var end = frame.IndexOf('(');
            var name = (end < 0 ? frame : frame[..end]).ToString();
            if (wanted(name))
            {
                return StateMachine().Replace(name, "${method}");
            }
        }

        return null;
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Guids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instants();

    [GeneratedRegex(@"([A-Za-z]:\\|/)(?:tmp|temp|var|home|root|work|Users|runner)[\\/][^\s'""<>|:]*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Paths();

    [GeneratedRegex("\"[^\"\r\n]{21,}\"|'[^'\r\n]{21,}'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LongQuotes();

    [GeneratedRegex(@"\b(0x[0-9a-fA-F]+|[0-9a-f]*\d[0-9a-f]*[a-f][0-9a-f]{6,})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hexes();

    [GeneratedRegex(@"\d+([.,]\d+)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^(System|Microsoft|Xunit|FluentAssertions|Shouldly|Npgsql|WireMock|Respawn|Testcontainers|DotNet\.Testcontainers)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Foreign();

    /// <summary>Our own tests are a suite like any other.</summary>
    [GeneratedRegex(@"^IntegrationKit\.(Runs\.|(?![\w.]*Tests\b))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ours();

    [GeneratedRegex(@"<(?<method>[^>]+)>d__\d+\.MoveNext", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StateMachine();
}
