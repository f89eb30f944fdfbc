using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IntegrationKit.Matching;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers over texts and numbers.</summary>
internal static partial class TextHelpers
{
    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("upper", call => call.Text().ToUpperInvariant()),
        ("lower", call => call.Text().ToLowerInvariant()),
        ("capitalize", call => Word().Replace(call.Flag("fully", false) ? call.Text().ToLowerInvariant() : call.Text(), word => First(word.Value))),
        ("capitalizeFirst", call => First(call.Text())),
        ("trim", call => call.Text().Trim()),
        ("replace", call => TemplateText.IsTrue(call[0]) ? TemplateText.Of(call[0]).Replace(TemplateText.Of(call[1]), TemplateText.Of(call[2]), StringComparison.Ordinal) : call[1]),
        ("substring", Substring),
        ("join", Join),
        ("defaultIfEmpty", call => call.Arguments.FirstOrDefault(TemplateText.IsTrue) ?? ""),
        ("abbreviate", call => Abbreviate(TemplateText.Of(call[0]), (int)call.Number(1))),
        ("center", call => Pad(call, (text, size) => text.PadLeft((size + text.Length) / 2, Fill(call)).PadRight(size, Fill(call)))),
        ("ljust", call => Pad(call, (text, size) => text.PadRight(size, Fill(call)))),
        ("rjust", call => Pad(call, (text, size) => text.PadLeft(size, Fill(call)))),
        ("cut", call => TemplateText.Of(call[0]).Replace(call.Arguments.Count > 1 ? TemplateText.Of(call[1]) : " ", "", StringComparison.Ordinal)),
        ("yesno", call => TemplateText.IsTrue(call[0]) ? call.Option("yes") ?? "yes" : call[0] is null ? call.Option("maybe") ?? "maybe" : call.Option("no") ?? "no"),
        ("slugify", call => Dashes().Replace(NotWord().Replace(call.Text().ToLowerInvariant(), "").Trim(), "-")),
        ("wordWrap", call => Wrap(call.Text(), (int)call.Number(1))),
        ("stripTags", call => Tag().Replace(call.Text(), "")),
        ("stringFormat", call => JavaFormat(TemplateText.Of(call[0]), [.. call.Arguments.Skip(1)])),
        ("numberFormat", NumberFormat),
        ("urlEncode", call => call.Flag("decode", false) ? Uri.UnescapeDataString(call.Text().Replace('+', ' ')) : System.Net.WebUtility.UrlEncode(call.Text())),
        ("base64", Base64),
        ("regexExtract", RegexExtract),
        ("math", MathOf),
        ("isEven", call => Whole(call) is { } n && n % 2 == 0 ? call.Arguments.Count > 1 ? call[1] : "even" : ""),
        ("isOdd", call => Whole(call) is { } n && n % 2 != 0 ? call.Arguments.Count > 1 ? call[1] : "odd" : ""),
        ("stripes", call => Whole(call) is { } n ? n % 2 == 0 ? call[1] ?? "even" : call[2] ?? "odd" : ""),
    ];

    private static string First(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static long? Whole(HelperCall call) =>
        call[0] is int or long ? Convert.ToInt64(call[0], CultureInfo.InvariantCulture) : null;

    private static string Wrap(string text, int width)
    {
        var result = new StringBuilder();
        var column = 0;
        foreach (var word in text.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                result.Append('\n');
                column = 0;
            }
            else if (result.Length > 0)
            {
                result.Append(' ');
                column++;
            }

            result.Append(word);
            column += word.Length;
        }

        return result.ToString();
    }

    private static string Substring(HelperCall call)
    {
        var text = TemplateText.Of(call[0]);
        var start = Math.Clamp((int)call.Number(1), 0, text.Length);
        var end = call.Arguments.Count > 2 ? Math.Clamp((int)call.Number(2), start, text.Length) : text.Length;
        return text[start..end];
    }

    private static string Join(HelperCall call)
    {
        var items = call[0] is List<object?> list ? list : call.Arguments.SkipLast(1).ToList();
        var separator = TemplateText.Of(call[call.Arguments.Count - 1]);
        return call.Option("prefix") + string.Join(separator, items.Select(TemplateText.Of)) + call.Option("suffix");
    }

    private static string Abbreviate(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 3)), "...");

    private static string Pad(HelperCall call, Func<string, int, string> pad) =>
        pad(TemplateText.Of(call[0]), call.Integer("size", 0));

    private static char Fill(HelperCall call) => call.Option("pad") is [var fill, ..] ? fill : ' ';

    private static string Base64(HelperCall call)
    {
        if (call.Flag("decode", false))
        {
            var text = call.Text();
            return Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }

        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(call.Text()));
        return call.Flag("padding", true) ? encoded : encoded.TrimEnd('=');
    }

    private static object? RegexExtract(HelperCall call)
    {
        var pattern = TemplateText.Of(call[1]);
        var match = Regex.Match(TemplateText.Of(call[0]), JavaRegex.Translate(pattern), RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        if (!match.Success)
        {
            return call.Options.TryGetValue("default", out var otherwise) ? otherwise : throw new HelperException($"Nothing matched {pattern}");
        }

        if (call[2] is not { } variable)
        {
            return match.Value;
        }

        call.Variables[TemplateText.Of(variable)] = new ValueList(match.Groups.Values.Skip(1).Select(group => (object?)group.Value));
        return "";
    }

    private static object MathOf(HelperCall call)
    {
        if (call.Arguments.Count < 3)
        {
            throw new HelperException("All maths functions require two operands and an operator as parameters e.g. 3 '+' 2");
        }

        var (left, right) = (call.Number(0), call.Number(2));
        var operation = TemplateText.Of(call[1]);
        if (operation is not ("+" or "-" or "*" or "x" or "/" or "%"))
        {
            throw new HelperException($"{operation} is not a valid mathematical operator");
        }

        var result = Compute(left, operation, right);
        var whole = !TemplateText.Of(call[0]).Contains('.', StringComparison.Ordinal) && !TemplateText.Of(call[2]).Contains('.', StringComparison.Ordinal);
        return whole && Math.Abs(result) < long.MaxValue ? (object)(long)Math.Round(result, MidpointRounding.AwayFromZero) : result;
    }

    /// <summary>In decimals where they reach, so that 0.1 + 0.2 is 0.3.</summary>
    private static double Compute(double left, string operation, double right)
    {
        const double Reach = 1e12;
        if (Math.Abs(left) < Reach && Math.Abs(right) < Reach && right != 0)
        {
            var (one, other) = ((decimal)left, (decimal)right);
            return (double)(operation switch
            {
                "+" => one + other,
                "-" => one - other,
                "/" => one / other,
                "%" => one % other,
                _ => one * other,
            });
        }

        return operation switch
        {
            "+" => left + right,
            "-" => left - right,
            "/" => left / right,
            "%" => left % right,
            _ => left * right,
        };
    }

    private static string NumberFormat(HelperCall call)
    {
        var number = call.Number(0);
        return TemplateText.Of(call[1]) switch
        {
            "currency" => "$" + number.ToString("#,##0.00", CultureInfo.InvariantCulture),
            "percent" => (number * 100).ToString("#,##0", CultureInfo.InvariantCulture) + "%",
            "integer" => number.ToString("#,##0", CultureInfo.InvariantCulture),
            "" => number.ToString("#,##0.###", CultureInfo.InvariantCulture),
            var pattern => number.ToString(pattern, CultureInfo.InvariantCulture),
        };
    }

    private static string JavaFormat(string format, IReadOnlyList<object?> arguments)
    {
        var next = 0;
        return Directive().Replace(format, match =>
        {
            if (match.Value is "%%" or "%n")
            {
                return match.Value == "%%" ? "%" : "\n";
            }

            var value = next < arguments.Count ? arguments[next++] : null;
            var text = match.Groups["precision"] is { Success: true } precision
                && double.TryParse(TemplateText.Of(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString("F" + precision.Value, CultureInfo.InvariantCulture)
                : TemplateText.Of(value);
            var width = match.Groups["width"] is { Success: true } given ? int.Parse(given.Value, CultureInfo.InvariantCulture) : 0;
            return match.Groups["flag"].Value switch
            {
                "-" => text.PadRight(width),
                "0" => text.PadLeft(width, '0'),
                _ => text.PadLeft(width),
            };
        });
    }

    [GeneratedRegex(@"(?<!\S)\S+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[^\w\s-]", RegexOptions.None, 1000)]
    private static partial Regex NotWord();

    [GeneratedRegex(@"\s", RegexOptions.None, 1000)]
    private static partial Regex Dashes();

    [GeneratedRegex(@"<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"%(?<flag>[-0])?(?<width>\d+)?(?:\.(?<precision>\d+))?[sdfxX]|%%|%n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Directive();
}
