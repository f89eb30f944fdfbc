using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IntegrationKit.Redaction;

/// <summary>Registered secrets in all forms in which they turn up in texts. Immutable.</summary>
internal sealed class SecretValues
{
    public static readonly SecretValues None = new([], []);

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=");

    private readonly string[] forms;
    private readonly HashSet<string> prefixes;
    private readonly Lazy<Trigrams> search;

    /// <summary>Built for searching on first use: a fixture that registers many secrets in a row pays once.</summary>
    private SecretValues(string[] forms, HashSet<string> prefixes)
    {
        (this.forms, this.prefixes) = (forms, prefixes);
        search = new Lazy<Trigrams>(() => new Trigrams(forms, StringComparison.Ordinal));
    }

    public SecretValues With(string secret)
    {
        if (forms.Contains(secret, StringComparer.Ordinal))
        {
            return this;
        }

        return new SecretValues([.. forms.Concat(Forms(secret)).Distinct(StringComparer.Ordinal)], prefixes);
    }

    /// <summary>What begins like this is secret up to the last character a token may have, plain and in base64.</summary>
    public SecretValues WithPrefix(string prefix)
    {
        if (prefixes.Contains(prefix))
        {
            return this;
        }

        var triples = Encoding.UTF8.GetBytes(prefix)[..(prefix.Length / 3 * 3)];
        var added = new[] { prefix, Convert.ToBase64String(triples) };
        return new SecretValues([.. forms.Union(added, StringComparer.Ordinal)], [.. prefixes, .. added]);
    }

    public bool IsIn(ReadOnlySpan<char> text) => forms.Length > 0 && search.Value.Find(text, out _) >= 0;

    /// <summary>False: nothing of it is in this JSON text; true: look closer. What is escaped has to be looked at unescaped.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> json) => forms.Length > 0 && (json.Contains((byte)'\\') || search.Value.MayBeIn(json));

    public string Mask(string text)
    {
        if (forms.Length == 0)
        {
            return text;
        }

        StringBuilder? result = null;
        var rest = text.AsSpan();
        while (search.Value.Find(rest, out var form) is >= 0 and var start)
        {
            result = (result ?? new StringBuilder(text.Length)).Append(rest[..start]).Append(Redactor.Mask);
            rest = rest[(start + form!.Length)..];
            if (prefixes.Contains(form))
            {
                rest = rest[TokenLength(rest)..];
            }
        }

        return SecretPieces.Mask(result?.Append(rest).ToString() ?? text, forms);
    }

    private static int TokenLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(TokenCharacters);
        return length < 0 ? text.Length : length;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        yield return WebUtility.HtmlEncode(secret);
        yield return System.Security.SecurityElement.Escape(secret);
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.Default).Value;
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        yield return base64;
        yield return base64.TrimEnd('=');
        yield return base64.TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
