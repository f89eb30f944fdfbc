using System.Text.Json;

namespace IntegrationKit.Contracts;

/// <summary>
/// What of a committed document a client may rely on and the new document takes away: operations, answers, properties of
/// answers, and requests that were good enough before.
/// </summary>
internal static class ContractDiff
{
    private const int Deepest = 12;

    public static IReadOnlyList<string> Breaking(ContractDocument before, ContractDocument after)
    {
        List<string> found = [];
        foreach (var ((method, route), old) in before.All)
        {
            if (!after.All.TryGetValue((method, route), out var now))
            {
                found.Add($"{method} {route} is gone");
                continue;
            }

            var title = $"{method} {route}";
            Answers(title, Member(old, "responses"), Member(now, "responses"), (before, after), found);
            Parameters(title, Member(old, "parameters"), Member(now, "parameters"), (before, after), found);
            Body(title, old, now, (before, after), found);
        }

        return found;
    }

    private static void Answers(string title, JsonElement? old, JsonElement? now, (ContractDocument Before, ContractDocument After) documents, List<string> found)
    {
        foreach (var answer in Members(old))
        {
            if (Member(now, answer.Name) is not { } kept)
            {
                found.Add($"{title} no longer documents {answer.Name}");
                continue;
            }

            if (Schema(documents.Before.Resolve(answer.Value)) is { } oldSchema && Schema(documents.After.Resolve(kept)) is { } newSchema)
            {
                Shape($"{title} {answer.Name}", (oldSchema, newSchema), documents, found, isAnswer: true, 0);
            }
        }
    }

    private static void Parameters(string title, JsonElement? old, JsonElement? now, (ContractDocument Before, ContractDocument After) documents, List<string> found)
    {
        var known = Items(old).Select(item => Key(documents.Before.Resolve(item))).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in Items(now).Select(item => documents.After.Resolve(item)).Where(Required))
        {
            if (!known.Contains(Key(parameter)))
            {
                found.Add($"{title} requires the new parameter {Text(parameter, "name")}");
            }
        }
    }

    private static void Body(string title, JsonElement old, JsonElement now, (ContractDocument Before, ContractDocument After) documents, List<string> found)
    {
        var (oldBody, newBody) = (Resolved(documents.Before, Member(old, "requestBody")), Resolved(documents.After, Member(now, "requestBody")));
        if (Required(newBody) && !Required(oldBody))
        {
            found.Add($"{title} requires a body");
        }

        if (Schema(oldBody) is { } oldSchema && Schema(newBody) is { } newSchema)
        {
            Shape($"{title} body", (oldSchema, newSchema), documents, found, isAnswer: false, 0);
        }
    }

    private static void Shape(
        string where, (JsonElement Old, JsonElement New) schemas, (ContractDocument Before, ContractDocument After) documents, List<string> found, bool isAnswer, int depth)
    {
        if (depth > Deepest || Resolved(documents.Before, schemas.Old) is not { } old || Resolved(documents.After, schemas.New) is not { } now)
        {
            return;
        }

        if (Types(old) is { Count: > 0 } was && Types(now) is { Count: > 0 } @is && !(isAnswer ? @is.IsSubsetOf(was) : was.IsSubsetOf(@is)))
        {
            found.Add($"{where} is {string.Join(" or ", @is.Order(StringComparer.Ordinal))}, was {string.Join(" or ", was.Order(StringComparer.Ordinal))}");
        }

        foreach (var property in Members(Member(old, "properties")))
        {
            if (Member(Member(now, "properties"), property.Name) is { } kept)
            {
                Shape($"{where}/{property.Name}", (property.Value, kept), documents, found, isAnswer, depth + 1);
            }
            else if (isAnswer)
            {
                found.Add($"{where} lost {property.Name}");
            }
        }

        var demanded = Names(Member(isAnswer ? old : now, "required")).Except(Names(Member(isAnswer ? now : old, "required")), StringComparer.Ordinal);
        found.AddRange(demanded.Where(name => !isAnswer || Member(Member(now, "properties"), name) is not null)
            .Select(name => isAnswer ? $"{where} may leave out {name}" : $"{where} requires {name}"));
        if (Member(old, "items") is { } oldItems && Member(now, "items") is { } newItems)
        {
            Shape($"{where}/items", (oldItems, newItems), documents, found, isAnswer, depth + 1);
        }
    }

    private static JsonElement? Schema(JsonElement? owner) => Members(Member(owner, "content"))
        .Where(media => MediaTypes.IsJson(media.Name)).Select(media => Member(media.Value, "schema")).FirstOrDefault();

    private static HashSet<string> Types(JsonElement schema) => Member(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select(type => type.GetString()!)],
        _ => [],
    };

    private static JsonElement? Resolved(ContractDocument document, JsonElement? element) => element is { } some ? document.Resolve(some) : null;

    private static bool Required(JsonElement? element) => Member(element, "required") is { ValueKind: JsonValueKind.True };

    private static string Key(JsonElement? parameter) => $"{Text(parameter, "in")} {Text(parameter, "name")}";

    private static string? Text(JsonElement? element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var member) ? member : null;

    private static IEnumerable<JsonProperty> Members(JsonElement? element) => element is { ValueKind: JsonValueKind.Object } some ? some.EnumerateObject() : [];

    private static IEnumerable<JsonElement> Items(JsonElement? element) => element is { ValueKind: JsonValueKind.Array } some ? some.EnumerateArray() : [];

    private static IEnumerable<string> Names(JsonElement? element) => Items(element).Select(item => item.GetString()!);
}
