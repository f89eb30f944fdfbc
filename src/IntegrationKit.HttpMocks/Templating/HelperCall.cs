using System.Globalization;
using System.Text.Json;

namespace IntegrationKit.Templating;

/// <summary>One use of a helper in a template.</summary>
/// <param name="Arguments">Positional arguments; what could not be found is null.</param>
/// <param name="Options">Named arguments.</param>
/// <param name="Variables">The template's variables; helpers may assign.</param>
/// <param name="Block">Renders the block, when the helper was used as one.</param>
internal sealed record HelperCall(
    IReadOnlyList<object?> Arguments, IReadOnlyDictionary<string, object?> Options, IDictionary<string, object?> Variables, Func<object?, string>? Block)
{
    public object? this[int index] => index < Arguments.Count ? Arguments[index] : null;

    /// <summary>The argument as text; in a block the content is the first argument.</summary>
    public string Text(int index = 0) => Block is null
        ? TemplateText.Of(this[index])
        : index == 0 ? Block(null) : TemplateText.Of(this[index - 1]);

    public string? Option(string name) => Options.TryGetValue(name, out var value) && value is not null ? TemplateText.Of(value) : null;

    public bool Flag(string name, bool otherwise) => Option(name) is { } text ? text == "true" : otherwise;

    public double Number(int index) => double.TryParse(TemplateText.Of(this[index]), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new HelperException($"{TemplateText.Of(this[index])} is not a number");

    public int Integer(string option, int otherwise) =>
        Option(option) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (int)number : otherwise;

    /// <summary>The argument as a list: a list, or one value.</summary>
    public static IReadOnlyList<object?> List(object? value) => value switch
    {
        null => [],
        List<object?> list => list,
        string text => [text],
        System.Collections.IDictionary map => [map],
        System.Collections.IEnumerable items => [.. items.Cast<object?>()],
        _ => [value],
    };

    public static JsonElement Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new HelperException($"not JSON: {exception.Message}");
        }
    }
}

/// <summary>A helper cannot do its work; prints as WireMock prints it and does not stop the template.</summary>
internal sealed class HelperException(string message) : Exception(message);
