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

    public static string For(string assembly, string className, string methodSignature, IReadOnlyList<object?>? arguments)
    {
        var text = new StringBuilder(assembly).Append('\n').Append(className).Append('\n').Append(methodSignature).Append('\n');
        foreach (var argument in arguments ?? [])
        {
            text.Append(Canonical(argument)).Append('\n');
        }

        return "t1-" + Digest(text.ToString(), 20);
    }

    /// <summary>Invariant text of an argument: JSON where it can be serialised, else the type name.</summary>
    public static string Canonical(object? argument)
    {
        switch (argument)
        {
            case null:
                return "null";
            case string text:
                return JsonSerializer.Serialize(text);
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
        catch (Exception exception) when (exception is NotSupportedException or JsonException or InvalidOperationException)
        {
            return argument.GetType().FullName ?? argument.GetType().Name;
        }
    }

    /// <summary>The first characters of the base32 SHA-256 of a text.</summary>
    public static string Digest(string text, int length)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(length, hash, static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var bit = i * 5;
                var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
                span[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
            }
        });
    }
}
