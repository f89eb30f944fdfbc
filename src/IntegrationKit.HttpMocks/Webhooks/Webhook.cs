using System.Text;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using IntegrationKit.Templating;

namespace IntegrationKit.Webhooks;

/// <summary>A call the mock makes after it has answered: parameters of WireMock's <c>webhook</c> listener, filled in as templates.</summary>
internal sealed record Webhook(
    string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Body, DelayDistribution? Delay)
{
    /// <summary>All parameters of the listener; templates see those of the user's own as <c>parameters.*</c>.</summary>
    public required MappingNode Parameters { get; init; }

    /// <exception cref="MockMappingException">The parameters are malformed.</exception>
    public static Webhook Read(MappingNode node)
    {
        var url = node.Find("url") ?? throw node.Refuse("'url' is missing");
        var body = node.Find("body")?.Text()
            ?? (node.Find("base64Body") is { } binary ? Encoding.UTF8.GetString(Convert.FromBase64String(binary.Text())) : null);
        return new(
            node.Find("method")?.Text() ?? "GET",
            url.Text(),
            [.. (node.Find("headers")?.Members() ?? []).SelectMany(Header)],
            body,
            node.Find("delay") is { } delay ? ResponseReader.Distribution(delay) : null)
        {
            Parameters = node with { Element = node.Element.Clone() },
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Header((string Name, MappingNode Value) member) =>
        member.Value.Kind == System.Text.Json.JsonValueKind.Array
            ? member.Value.Items().Select(item => KeyValuePair.Create(member.Name, item.Text()))
            : [KeyValuePair.Create(member.Name, member.Value.Text())];

    public HttpRequestMessage Message(MockRequest request)
    {
        var model = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["originalRequest"] = TemplateModel.Of(request, null, null)["request"],
            ["parameters"] = JavaValues.Of(Parameters.Find("extraParameters")?.Element ?? Parameters.Element),
        };
        var message = new HttpRequestMessage(new HttpMethod(Fill(Method, model)), Fill(Url, model));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(Body, model)));
        }

        foreach (var (name, value) in Headers)
        {
            var text = Fill(value, model);
            if (!message.Headers.TryAddWithoutValidation(name, text))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, text);
            }
        }

        // The call belongs to whom the request belonged to.
        if (request.Headers["baggage"] is { Count: > 0 } baggage)
        {
            message.Headers.TryAddWithoutValidation("baggage", baggage.ToString());
        }

        return message;
    }

    private static string Fill(string template, Dictionary<string, object?> model) => TemplateEngine.Shared.Render(template, model);
}
