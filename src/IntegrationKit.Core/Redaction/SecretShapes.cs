using System.Text.RegularExpressions;

namespace IntegrationKit.Redaction;

/// <summary>Secrets that nobody registered, by their shape: connection strings, headers, tokens, keys.</summary>
internal static partial class SecretShapes
{
    /// <summary>No text without one of these, in whatever case, has anything to mask.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        "password", "pwd", "passfile", "secret", "token", "key", "cookie", "authorization", "bearer", "basic", "://", "eyJ", "-----BEGIN",
        "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "xoxa-", "xoxb-", "xoxp-",
    ];

    private static readonly Trigrams Triggers = new(Words, StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Names = ["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "APIKEY", "CREDENTIAL"];

    /// <summary>As the last of several words: <c>STRIPE_KEY</c>, <c>Smtp__Pass</c>; not <c>PWD</c>, where a shell keeps its folder.</summary>
    private static readonly string[] LastWords = ["_KEY", "_KEYS", "_PASS", "_PWD", "_PAT", "_SAS", "_PSK"];

    /// <summary>True for the name of a variable whose value is better not seen.</summary>
    public static bool IsSecretName(string name) => Array.Exists(Names, word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(LastWords, word => name.EndsWith(word, StringComparison.OrdinalIgnoreCase))
        || name.EndsWith("Key", StringComparison.Ordinal);

    /// <summary>The passwords in a connection string or an address, for masking them where they stand alone.</summary>
    public static IEnumerable<string> PasswordsIn(string text) => !MayHoldPassword(text) ? [] :
        KeyValue().Matches(text).Concat(UserInfo().Matches(text)).Select(match => match.Groups["secret"].Value.Trim('"', '\''));

    /// <summary>Asked of every variable at the beginning of a run: most are spared the regular expressions, which take long to get ready.</summary>
    private static bool MayHoldPassword(string text) => (text.Contains('@') && text.Contains("://", StringComparison.Ordinal))
        || (text.Contains('=') && (text.Contains("pass", StringComparison.OrdinalIgnoreCase) || text.Contains("pwd", StringComparison.OrdinalIgnoreCase)));

    /// <summary>One pass over the trigger words spares ordinary text the dear ones.</summary>
    public static string Mask(string text) => Triggers.Find(text, out _) >= 0 ? Replace(text) : text;

    private static string Replace(string text)
    {
        try
        {
            var result = KeyValue().Replace(text, "${key}" + Redactor.Mask);
            result = Header().Replace(result, "${key}" + Redactor.Mask);
            result = UserInfo().Replace(result, "${scheme}" + Redactor.Mask + "@");
            result = Bearer().Replace(result, "${scheme}" + Redactor.Mask);
            result = JsonWebToken().Replace(result, Redactor.Mask);
            result = Pem().Replace(result, "${begin}" + Redactor.Mask + "${end}");
            return CloudKey().Replace(result, Redactor.Mask);
        }
        catch (RegexMatchTimeoutException)
        {
            return "(text withheld: looking for secrets in it took too long)";
        }
    }

    [GeneratedRegex("""(?<key>\b(?:password|pwd|passfile|sslpassword|accountkey|sharedaccesskey|client_secret|api[-_]?key|access_token|refresh_token)["']?\s*[=:]\s*)(?<secret>"[^"\r\n]+"|'[^'\r\n]+'|[^;"'\s&,}]+)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex KeyValue();

    [GeneratedRegex("""(?<key>\b(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-auth-token)["']?\s*[=:]\s*["']?)[^"'\r\n]+""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Header();

    [GeneratedRegex("""(?<scheme>[a-z][a-z0-9+.-]{0,20}://)[^/\s:@]*:(?<secret>[^/\s@]+)@""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<scheme>\b(?:bearer|basic)\s+)[A-Za-z0-9+/=_.~-]{8,}""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Bearer();

    /// <summary>Also one of which only the first two parts are left, the second not whole.</summary>
    [GeneratedRegex("""eyJ[A-Za-z0-9_-]{8,}\.(?:eyJ[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)?|[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex JsonWebToken();

    [GeneratedRegex("""(?<begin>-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?<end>-----END [A-Z ]*PRIVATE KEY-----|\z)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Pem();

    [GeneratedRegex("""\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abp]-[A-Za-z0-9-]{10,}""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CloudKey();
}
