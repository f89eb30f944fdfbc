using System.Globalization;
using System.Text.Json;

namespace IntegrationKit.Matching.Paths;

/// <summary>Reads conditions: or, and, not, comparison, existence.</summary>
internal sealed class FilterParser(PathScanner scanner, JsonPathParser paths)
{
    public Filter Or()
    {
        var left = And();
        for (scanner.SkipSpace(); scanner.TryTake("||"); scanner.SkipSpace())
        {
            left = new OrFilter(left, And());
        }

        return left;
    }

    public IReadOnlyList<Operand> Arguments()
    {
        scanner.Expect('(');
        List<Operand> arguments = [];
        for (scanner.SkipSpace(); scanner.Current != ')'; scanner.SkipSpace())
        {
            if (scanner.AtEnd)
            {
                throw scanner.Refuse("')' expected");
            }

            arguments.Add(Operand());
            scanner.SkipSpace();
            scanner.TryTake(",");
        }

        scanner.Expect(')');
        return arguments;
    }

    private Filter And()
    {
        var left = Unary();
        for (scanner.SkipSpace(); scanner.TryTake("&&"); scanner.SkipSpace())
        {
            left = new AndFilter(left, Unary());
        }

        return left;
    }

    private Filter Unary()
    {
        scanner.SkipSpace();
        if (scanner.TryTake("!"))
        {
            return new NotFilter(Unary());
        }

        if (scanner.TryTake("("))
        {
            var inner = Or();
            scanner.Expect(')');
            return inner;
        }

        return Comparison();
    }

    private Filter Comparison()
    {
        var left = Operand();
        scanner.SkipSpace();
        foreach (var name in Operators.All)
        {
            if (scanner.TryTakeWord(name))
            {
                scanner.SkipSpace();
                return new CompareFilter(left, name, Operand());
            }
        }

        return new ExistsFilter(left);
    }

    private Operand Operand()
    {
        scanner.SkipSpace();
        switch (scanner.Current)
        {
            case '@' or '$':
                var fromRoot = scanner.Current == '$';
                scanner.Position++;
                return new PathOperand(new JsonPath(paths.Steps()), fromRoot);
            case '\'' or '"':
                return Literal(scanner.Quoted());
            case '/':
                return Regex();
            case '[':
                return Json(scanner.Balanced('[', ']'));
            case '{':
                return Json(scanner.Balanced('{', '}'));
            default:
                return Word();
        }
    }

    private Operand Word()
    {
        var word = scanner.Bare();
        if (scanner.Current == '(' && CallOperand.IsKnown(word))
        {
            return new CallOperand(word, Arguments());
        }

        return word switch
        {
            "true" => Literal(true),
            "false" => Literal(false),
            "null" => Literal<object?>(null),
            _ when decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Literal(number),
            _ => throw scanner.Refuse(word.Length == 0 ? "a value expected" : $"'{word}' is no value"),
        };
    }

    private RegexOperand Regex()
    {
        scanner.Position++;
        var pattern = scanner.Until('/');
        scanner.Expect('/');
        var flags = scanner.Bare();
        var inline = flags.Length == 0 ? "" : $"(?{flags.Replace("u", "", StringComparison.Ordinal)})";
        return new(JavaRegex.Compile(inline.Replace("(?)", "", StringComparison.Ordinal) + pattern.Replace("\\/", "/", StringComparison.Ordinal)));
    }

    /// <summary>Literals of arrays and objects; Jayway's users quote with apostrophes.</summary>
    private LiteralOperand Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Replace('\'', '"'));
            return new(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw scanner.Refuse($"{text} is no JSON");
        }
    }

    private static LiteralOperand Literal<T>(T value) => new(JsonSerializer.SerializeToElement(value));
}
