using System.Text;

namespace IntegrationKit.Matching;

/// <summary>Texts as they appear in messages: quoted, on one line, cut, with what cannot be seen made visible.</summary>
internal static class TextDisplay
{
    private const int Limit = 200;

    public static string Of(string? value)
    {
        if (value is null)
        {
            return "absent";
        }

        var text = new StringBuilder("\"");
        foreach (var character in value.AsSpan(0, Math.Min(value.Length, Limit)))
        {
            _ = character switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '"' => text.Append("\\\""),
                '\u00a0' => text.Append("\\u00a0"),
                _ when char.IsControl(character) => text.Append("\\u").Append(((int)character).ToString("x4")),
                _ => text.Append(character),
            };
        }

        text.Append('"');
        return value.Length > Limit ? text.Append($"… ({value.Length} characters)").ToString() : text.ToString();
    }
}
