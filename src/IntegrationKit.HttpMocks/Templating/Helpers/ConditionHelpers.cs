using System.Globalization;
using IntegrationKit.Matching;

namespace IntegrationKit.Templating.Helpers;

/// <summary>Helpers that hold or do not: usable in <c>{{#if (eq a b)}}</c> and as blocks with an else.</summary>
internal static class ConditionHelpers
{
    public static IEnumerable<(string, Func<HelperCall, bool>)> All =>
    [
        ("eq", call => Equal(call[0], call[1])),
        ("neq", call => !Equal(call[0], call[1])),
        ("gt", call => Order(call) > 0),
        ("gte", call => Order(call) >= 0),
        ("lt", call => Order(call) < 0),
        ("lte", call => Order(call) <= 0),
        ("and", call => call.Arguments.All(TemplateText.IsTrue)),
        ("or", call => call.Arguments.Any(TemplateText.IsTrue)),
        ("not", call => !TemplateText.IsTrue(call[0])),
        ("contains", Contains),
        ("matches", call => RegexMatcher.FullMatch(JavaRegex.Compile(TemplateText.Of(call[1])), TemplateText.Of(call[0]))),
    ];

    /// <summary>As in Java: values of different types differ. A method, a path or a list of values equals no text.</summary>
    private static bool Equal(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (int or long, int or long) => Convert.ToInt64(left, CultureInfo.InvariantCulture) == Convert.ToInt64(right, CultureInfo.InvariantCulture),
        _ => left is not null && right is not null && left.GetType() == right.GetType() && TemplateText.Of(left) == TemplateText.Of(right),
    };

    private static bool Same(object? left, object? right) => TemplateText.Of(left) == TemplateText.Of(right);

    private static bool Contains(HelperCall call) => call[0] is List<object?> list and not OneOrMany { Count: 1 }
        ? list.Exists(item => Same(item, call[1]))
        : call[0] is not null && TemplateText.Of(call[0]).Contains(TemplateText.Of(call[1]), StringComparison.Ordinal);

    private static int Order(HelperCall call)
    {
        var left = TemplateText.Of(call[0]);
        var right = TemplateText.Of(call[1]);
        return double.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var one)
            && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var other)
            ? one.CompareTo(other)
            : string.CompareOrdinal(left, right);
    }
}
