using System.Text;
using System.Text.Json;

namespace IntegrationKit.HttpMocks.Tests.WireMockFormat;

/// <summary>A stub with requests and the answers Java WireMock 3.13 gave to them.</summary>
internal sealed record WireMockCase(string Source, JsonElement Stub, bool Refused, IReadOnlyList<WireMockProbe> Probes)
{
    public static IReadOnlyList<WireMockCase> ReadAll()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "wiremock-cases.json"));
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray().Select(Read)];
    }

    private static WireMockCase Read(JsonElement item) => new(
        item.GetProperty("source").GetString()!,
        item.GetProperty("stub"),
        item.TryGetProperty("refused", out var refused) && refused.GetBoolean(),
        item.TryGetProperty("probes", out var probes) ? [.. probes.EnumerateArray().Select(probe => new WireMockProbe(probe))] : []);
}

internal sealed record WireMockProbe(JsonElement Json)
{
    public bool Matched => Json.GetProperty("matched").GetBoolean();

    public HttpRequestMessage Request(Uri server)
    {
        var query = string.Join('&', Json.GetProperty("query").EnumerateObject()
            .Where(q => q.Value.ValueKind == JsonValueKind.String).Select(q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value.GetString()!)}"));
        var url = Json.GetProperty("url").GetString()!;
        var full = query.Length == 0 ? url : url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;
        var message = new HttpRequestMessage(new HttpMethod(Json.GetProperty("method").GetString()!), new Uri(server, full));
        if (Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
        }

        foreach (var header in Json.GetProperty("headers").EnumerateObject().Where(h => h.Value.ValueKind == JsonValueKind.String))
        {
            if (!message.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
            {
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        return message;
    }

    /// <summary>Null when the answer is Java's, else what differs.</summary>
    public async Task<string?> CheckAsync(HttpResponseMessage response)
    {
        var matched = response.Headers.Contains("Matched-Stub-Id");
        if (matched != Matched)
        {
            return $"matched: expected {Matched}, was {matched} ({(int)response.StatusCode})";
        }

        if ((int)response.StatusCode != Json.GetProperty("status").GetInt32())
        {
            return $"status: expected {Json.GetProperty("status").GetInt32()}, was {(int)response.StatusCode}";
        }

        var body = await response.Content.ReadAsStringAsync();
        return Json.TryGetProperty("responseBody", out var expected) && expected.GetString() != body
            ? $"body: expected {expected.GetString()}, was {body}"
            : null;
    }

    private byte[]? Body => Json.TryGetProperty("bodyBase64", out var binary) ? Convert.FromBase64String(binary.GetString()!)
        : Json.TryGetProperty("body", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : null;
}
