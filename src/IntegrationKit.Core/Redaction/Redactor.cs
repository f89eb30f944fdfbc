using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace IntegrationKit.Redaction;

/// <summary>
/// Replaces secrets by <c>***</c> before a text reaches the disk: values registered by fixtures, values of secret-named
/// environment variables, and well-known shapes. Thread-safe.
/// </summary>
internal sealed partial class Redactor
{
    public const string Mask = "***";

    private readonly ConcurrentDictionary<string, byte> secrets = new(StringComparer.Ordinal);
    private long count;

    public static Redactor WithEnvironment()
    {
        var redactor = new Redactor();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (SecretName().IsMatch((string)variable.Key) && variable.Value is string { Length: >= 6 } value)
            {
                redactor.Register(value);
            }
        }

        return redactor;
    }

    /// <summary>Texts replaced so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>From now on this exact value is masked wherever it appears. Values under four characters are ignored.</summary>
    public void Register(string? secret)
    {
        if (secret is { Length: >= 4 })
        {
            secrets.TryAdd(secret, 0);
        }
    }

    public string? Redact(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var result = text;
        foreach (var secret in secrets.Keys)
        {
            if (result.Contains(secret, StringComparison.Ordinal))
            {
                result = result.Replace(secret, Mask, StringComparison.Ordinal);
            }
        }

        if (Trigger().IsMatch(result))
        {
            result = KeyValue().Replace(result, "${key}" + Mask);
            result = UserInfo().Replace(result, "${scheme}" + Mask + "@");
            result = Bearer().Replace(result, "${scheme}" + Mask);
            result = JsonWebToken().Replace(result, Mask);
        }

        if (!ReferenceEquals(result, text))
        {
            Interlocked.Increment(ref count);
        }

        return result;
    }

    [GeneratedRegex("PASSWORD|SECRET|TOKEN|APIKEY|API_KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIAL", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("password|pwd|passfile|secret|token|key|bearer|basic|://|eyJ", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Trigger();

    [GeneratedRegex("""(?<key>\b(?:password|pwd|passfile|sslpassword|accountkey|sharedaccesskey|client_secret|api[-_]?key|access_token|refresh_token)\s*["']?\s*[=:]\s*["']?)(?<value>[^;"'\s&,}]+)""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex KeyValue();

    [GeneratedRegex("""(?<scheme>[a-z][a-z0-9+.-]*://)[^/\s:@]*:[^/\s@]+@""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<scheme>\b(?:bearer|basic)\s+)[A-Za-z0-9+/=_.~-]{8,}""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex("""eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*""", RegexOptions.None, 1000)]
    private static partial Regex JsonWebToken();
}
