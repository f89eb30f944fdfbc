namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers that make values up.</summary>
internal static class RandomHelpers
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";
    private const string Symbols = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static IEnumerable<(string, Func<HelperCall, object?>)> All =>
    [
        ("randomValue", RandomValue),
        ("randomInt", call => Random.Shared.NextInt64(call.Integer("lower", int.MinValue), call.Integer("upper", int.MaxValue))),
        ("randomDecimal", RandomDecimal),
        ("pickRandom", PickRandom),
    ];

    private static string RandomValue(HelperCall call)
    {
        var length = call.Integer("length", 36);
        var text = call.Option("type") switch
        {
            "UUID" => Guid.NewGuid().ToString(),
            "ALPHABETIC" => Of(Letters, length),
            "NUMERIC" => Of(Digits, length),
            "HEXADECIMAL" => Of(Digits + "abcdef", length),
            "ALPHANUMERIC_AND_SYMBOLS" => Of(Letters + Digits + Symbols, length),
            _ => Of(Letters + Digits, length),
        };
        return call.Flag("uppercase", false) ? text.ToUpperInvariant() : text;
    }

    private static string Of(string alphabet, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[Random.Shared.Next(alphabet.Length)]));

    private static object RandomDecimal(HelperCall call)
    {
        var lower = call.Option("lower") is { } low ? double.Parse(low, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var upper = call.Option("upper") is { } high ? double.Parse(high, System.Globalization.CultureInfo.InvariantCulture) : double.MaxValue;
        return lower + Random.Shared.NextDouble() * (upper - lower);
    }

    private static object? PickRandom(HelperCall call)
    {
        var choices = call.Arguments is [List<object?> list] ? list : [.. call.Arguments];
        return choices.Count == 0
            ? throw new HelperException("Must specify either a single list argument or a set of single value arguments.")
            : choices[Random.Shared.Next(choices.Count)];
    }
}
