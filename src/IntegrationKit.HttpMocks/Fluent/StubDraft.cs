using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationKit.Mappings;
using IntegrationKit.Matching.Parts;

namespace IntegrationKit.Fluent;

/// <summary>
/// A stub of the fluent API on its way to stub-mapping JSON. Everything the fluent API says goes through that format, so it
/// can be exported and read back.
/// </summary>
internal sealed class StubDraft
{
    /// <summary>Member of <c>metadata</c> that keeps what the format has no word for.</summary>
    public const string MetadataKey = "integrationkit";

    private readonly Guid id = Guid.NewGuid();
    private readonly JsonObject request = [];

    public StubDraft(string method, string path)
    {
        request["method"] = method;
        var (bare, query) = path.Split('?', 2) is [var left, var right] ? (left, right) : (path, null);
        if (!bare.StartsWith('/'))
        {
            throw new ArgumentException($"A mock's path starts with a slash: '/{path}', not '{path}'.", nameof(path));
        }

        request[query is not null ? "url" : PathTemplate.HasVariables(bare) ? "urlPathTemplate" : "urlPath"] = path;
        Title = $"{method} {path}";
    }

    public string Title { get; }

    public string? Name { get; set; }

    public int? Priority { get; set; }

    public JsonObject? Expectation { get; set; }

    public List<JsonObject> Responses { get; } = [];

    /// <summary>Replies that are code.</summary>
    public Dictionary<JsonObject, Func<CapturedRequest, (int Status, object? Json)>> Callbacks { get; } = [];

    public void Match(string section, string name, JsonObject matcher)
    {
        if (request[section] is not JsonObject group)
        {
            request[section] = group = [];
        }

        group[name] = matcher;
    }

    public void MatchBody(JsonObject matcher)
    {
        if (request["bodyPatterns"] is not JsonArray patterns)
        {
            request["bodyPatterns"] = patterns = [];
        }

        patterns.Add(matcher);
    }

    public StubMapping Pattern() => Read(new JsonObject { ["request"] = request.DeepClone() });

    /// <summary>One mapping per reply; several make a scenario whose last reply repeats.</summary>
    public IReadOnlyList<StubMapping> Mappings() => [.. Responses.Select((response, index) => Read(Mapping(response, index)))];

    private JsonObject Mapping(JsonObject response, int index)
    {
        var mapping = new JsonObject { ["id"] = IdOf(index).ToString() };
        if (Name is not null)
        {
            mapping["name"] = Name;
        }

        if (Priority is { } priority)
        {
            mapping["priority"] = priority;
        }

        if (Responses.Count > 1)
        {
            mapping["scenarioName"] = $"{Title} {id:N}";
            mapping["requiredScenarioState"] = State(index);
            if (index + 1 < Responses.Count)
            {
                mapping["newScenarioState"] = State(index + 1);
            }
        }

        mapping["request"] = request.DeepClone();
        mapping["response"] = response.DeepClone();
        if (Expectation is not null)
        {
            mapping["metadata"] = new JsonObject { [MetadataKey] = Expectation.DeepClone() };
        }

        return mapping;
    }

    private static string State(int index) =>
        index == 0 ? ScenarioStep.Started : string.Create(CultureInfo.InvariantCulture, $"reply {index + 1}");

    private Guid IdOf(int index)
    {
        if (index == 0)
        {
            return id;
        }

        var bytes = id.ToByteArray();
        bytes[0] ^= (byte)index;
        bytes[1] ^= (byte)(index >> 8);
        return new Guid(bytes);
    }

    private static StubMapping Read(JsonObject mapping) =>
        MappingReader.Read(new(JsonSerializer.SerializeToElement(mapping), "", null));
}
