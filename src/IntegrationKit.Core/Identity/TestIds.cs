using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IntegrationKit.Identity;

/// <summary>
/// Stable test ids: the same test has the same id on every machine, in every checkout, after reordering or adding tests.
/// Only renaming, moving or changing arguments changes it.
/// </summary>
internal static class TestIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string For(string assembly, string className, string methodSignature, IReadOnlyList<object?>? arguments) =>
        For($"{assembly}\n{className}\n{methodSignature}\n", [.. (arguments ?? []).Select(Canonical)]);

    /// <param name="method">Assembly, class and signature, a line each.</param>
    /// <param name="arguments">As <see cref="Canonical"/> writes them.</param>
    public static string For(string method, ReadOnlySpan<string> arguments)
    {
        var text = arguments.Length switch
        {
            0 => method,
            1 => string.Concat(method, arguments[0], "\n"),
            _ => string.Concat(method, string.Join('\n', arguments), "\n"),
        };
        return string.Concat("t1-", Digest(text, 20));
    }

    /// <summary>Invariant text of an argument: JSON where it can be serialised, else the type name. Never throws.</summary>
    public static string Canonical(object? argument)
    {
        switch (argument)
        {
            case null:
                return "null";
            case string text:
                return IsPlain(text) ? string.Concat("\"", text, "\"") : JsonSerializer.Serialize(text);
            case int number:
                return number.ToString(CultureInfo.InvariantCulture);
            case IFormattable formattable and (sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan):
                return formattable.ToString(argument is DateTime or DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture);
            case bool flag:
                return flag ? "true" : "false";
            case Type type:
                return type.FullName ?? type.Name;
        }

        try
        {
            return argument.GetType().FullName + JsonSerializer.Serialize(argument);
        }
        catch (Exception)
        {
            // The user's own properties are read here: whatever they throw must not fail the test.
            return argument.GetType().FullName ?? argument.GetType().Name;
        }
    }

    /// <summary>
    /// True when JSON leaves all characters as they are. A loop: the searches for sets of characters that .NET brings are
    /// compiled in every process anew.
    /// </summary>
    private static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !" -_.,:;/()[]{}=!?@#%*$".Contains(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first characters of the base32 SHA-256 of a text.</summary>
    public static string Digest(string text, int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)), hash);
        ArrayPool<byte>.Shared.Return(buffer);
        Span<char> digest = stackalloc char[length];
        for (var i = 0; i < digest.Length; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[bit / 8 + 1] : 0);
            digest[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }

        return new string(digest);
    }
}
