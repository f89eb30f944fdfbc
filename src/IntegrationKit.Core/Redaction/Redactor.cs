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

    /// <summary>
    /// Passwords of servers that hold nothing, and words: masking each of them everywhere would hide no secret and make every
    /// report unreadable. Where one stands as a password, its shape masks it.
    /// </summary>
    private static readonly HashSet<string> Words = new(
        ["postgres", "postgresql", "password", "passw0rd", "secret", "changeme", "admin", "administrator", "root", "guest", "test", "testing",
         "default", "example", "development", "production", "localhost", "true", "false", "enabled", "disabled", "none", "null"],
        StringComparer.OrdinalIgnoreCase);

    private readonly Lock gate = new();
    private readonly List<Regex> patterns = [];
    private readonly List<string> problems = [];
    private SecretValues secrets = SecretValues.None;
    private long count;

    public static Redactor WithEnvironment()
    {
        var redactor = new Redactor();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var value = (string?)variable.Value ?? "";
            if (SecretShapes.IsSecretName((string)variable.Key))
            {
                redactor.RegisterLong(value);
            }

            foreach (var password in SecretShapes.PasswordsIn(value))
            {
                redactor.RegisterLong(password);
            }
        }

        foreach (var pattern in (Environment.GetEnvironmentVariable(PatternVariable) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            redactor.AddPattern(pattern);
        }

        return redactor;
    }

    /// <summary>Patterns that are no regular expressions, by their place: what they were to mask is not masked.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Texts replaced so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>From now on this exact value is masked wherever it appears. Values under four characters, and usual words, are ignored.</summary>
    public void Register(string? secret)
    {
        if (secret is not { Length: >= 4 } || string.IsNullOrWhiteSpace(secret) || Words.Contains(secret))
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

    /// <summary>Short values of the environment are words and numbers rather than secrets.</summary>
    private void RegisterLong(string value)
    {
        if (value.Length >= 6)
        {
            Register(value);
        }
    }

    /// <summary>Masks whatever the regular expression matches. False, and a problem, for a pattern that is none.</summary>
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
        catch (RegexParseException exception)
        {
            // The pattern itself is not repeated: it may hold what it is to mask.
            problems.Add(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"Pattern {patterns.Count + problems.Count + 1} of {PatternVariable} is no regular expression ({exception.Error} at character {exception.Offset + 1}): what it was to mask is not masked."));
            return false;
        }
    }

    /// <summary>The text itself when there is nothing to mask.</summary>
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

        if (ReferenceEquals(result, text) || result == text)
        {
            return text;
        }

        Interlocked.Increment(ref count);
        return result;
    }

    /// <summary>False when no registered value can be in this JSON text: nearly always, and quickly.</summary>
    public bool MayHaveSecret(ReadOnlySpan<byte> json) => Volatile.Read(ref secrets).MayBeIn(json);

    /// <summary>True when the text holds a registered value: the last look at a line before it is written.</summary>
    public bool HasSecret(ReadOnlySpan<char> text) => Volatile.Read(ref secrets).IsIn(text);

    /// <summary>True when somebody's patterns have to be asked about every text of a line, whatever its field.</summary>
    public bool HasPatterns => patterns.Count > 0;

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
