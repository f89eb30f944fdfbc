using System.Text.RegularExpressions;

namespace IntegrationKit.Redaction;

/// <summary>
/// Replaces secrets by <c>***</c> before a text reaches the disk: values registered by fixtures, in plain and in every
/// usual encoding; values of secret-named environment variables; well-known shapes; patterns of the user. Thread-safe.
/// </summary>
internal sealed class Redactor
{
    public const string Mask = "***";

    /// <summary>Regular expressions of the user, one per line; what they match is masked.</summary>
    public const string PatternVariable = "INTEGRATIONKIT_REDACT";

    private readonly Lock gate = new();
    private readonly List<Regex> patterns = [];
    private SecretValues secrets = SecretValues.None;
    private long count;

    public static Redactor WithEnvironment()
    {
        var redactor = new Redactor();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (SecretShapes.IsSecretName((string)variable.Key) && variable.Value is string { Length: >= 6 } value)
            {
                redactor.Register(value);
            }
        }

        foreach (var pattern in (Environment.GetEnvironmentVariable(PatternVariable) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            redactor.AddPattern(pattern);
        }

        return redactor;
    }

    /// <summary>Texts replaced so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>From now on this exact value is masked wherever it appears. Values under four characters are ignored.</summary>
    public void Register(string? secret)
    {
        if (secret is not { Length: >= 4 } || string.IsNullOrWhiteSpace(secret))
        {
            return;
        }

        lock (gate)
        {
            secrets = secrets.With(secret);
        }
    }

    /// <summary>
    /// From now on every token that begins like this is masked: one entry for any number of signed tokens. Beginnings under
    /// four characters are ignored.
    /// </summary>
    public void RegisterPrefix(string prefix)
    {
        if (prefix.Length < 4)
        {
            return;
        }

        lock (gate)
        {
            secrets = secrets.WithPrefix(prefix);
        }
    }

    /// <summary>Masks whatever the regular expression matches. A pattern that is none is ignored.</summary>
    public bool AddPattern(string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(200));
            lock (gate)
            {
                patterns.Add(regex);
            }

            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public string? Redact(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var result = SecretShapes.Mask(Volatile.Read(ref secrets).Mask(text));
        if (patterns.Count > 0)
        {
            result = Patterns(result);
        }

        if (!ReferenceEquals(result, text) && result != text)
        {
            Interlocked.Increment(ref count);
        }

        return result;
    }

    /// <summary>False when no registered value can be in this JSON text: nearly always, and quickly.</summary>
    public bool MayHaveSecret(ReadOnlySpan<byte> json) => Volatile.Read(ref secrets).MayBeIn(json);

    /// <summary>True when the text holds a registered value: the last look at a line before it is written.</summary>
    public bool HasSecret(ReadOnlySpan<char> text) => Volatile.Read(ref secrets).IsIn(text);

    private string Patterns(string text)
    {
        Regex[] all;
        lock (gate)
        {
            all = [.. patterns];
        }

        foreach (var pattern in all)
        {
            try
            {
                text = pattern.Replace(text, Mask);
            }
            catch (RegexMatchTimeoutException)
            {
                return "(text withheld: a redaction pattern took too long)";
            }
        }

        return text;
    }
}
