using System.Globalization;
using System.Text.Json;
using IntegrationKit.Mappings;
using IntegrationKit.Matching.Parts;
using IntegrationKit.Requests;

namespace IntegrationKit.Contracts;

/// <summary>Compares stubs and matched requests with the provider's contract: a mock that the real service could not be is drift.</summary>
internal sealed class ContractCheck(ProviderContract contract)
{
    private const int NeverMilliseconds = 86_400_000;

    /// <summary>What the real service could not answer, or would not be asked; empty when the stub fits.</summary>
    public IReadOnlyList<string> Of(StubMapping stub)
    {
        var path = stub.Request.Url is { Kind: UrlKind.UrlPathTemplate } template ? template.Value : stub.Request.Url?.ExactPath;
        if (path is null || stub.Response.Proxy is not null)
        {
            return [];
        }

        if (contract.FindPath(path) is not { } item)
        {
            return [$"the contract has no path {path}"];
        }

        List<string> problems = [];
        foreach (var method in Methods(stub))
        {
            if (!item.TryGetProperty(method.ToLowerInvariant(), out var operation))
            {
                problems.Add($"the contract has no {method} {path}");
                continue;
            }

            CheckParameters(stub, item, operation, problems);
            CheckExpectedBody(stub, operation, problems);
            CheckResponse(stub.Response, operation, problems);
        }

        return problems;
    }

    /// <summary>What the real service would refuse about a request the application really sent.</summary>
    public IReadOnlyList<string> Of(MockRequest request)
    {
        if (contract.FindPath(request.Path) is not { } item || !item.TryGetProperty(request.Method.ToLowerInvariant(), out var operation)
            || !operation.TryGetProperty("requestBody", out var body) || contract.JsonSchemaOf(body) is not { } schema)
        {
            return [];
        }

        return request.Body.Json is { } json
            ? [.. schema.Validate(json).Select(problem => $"request body {problem}")]
            : ["the contract wants a JSON body"];
    }

    private static IEnumerable<string> Methods(StubMapping stub) =>
        stub.Request.MethodText is "ANY" || stub.Request.MethodText.StartsWith("none", StringComparison.Ordinal)
            ? []
            : stub.Request.MethodText.Split(" or ");

    private void CheckParameters(StubMapping stub, JsonElement item, JsonElement operation, List<string> problems)
    {
        var declared = Parameters(item).Concat(Parameters(operation)).ToHashSet(StringComparer.Ordinal);
        foreach (var part in stub.Request.Parts.OfType<NamedPart>().Where(part => part.Source == NamedSource.Query))
        {
            if (!declared.Contains(part.Name))
            {
                problems.Add($"the contract has no query parameter {part.Name}");
            }
        }
    }

    private IEnumerable<string> Parameters(JsonElement owner) => owner.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Select(contract.Resolve)
            .Where(parameter => parameter.GetProperty("in").GetString() == "query")
            .Select(parameter => parameter.GetProperty("name").GetString()!)
        : [];

    /// <summary>A body the stub insists on has to be one the service accepts; a partial one may leave fields out.</summary>
    private void CheckExpectedBody(StubMapping stub, JsonElement operation, List<string> problems)
    {
        if (!operation.TryGetProperty("requestBody", out var body) || contract.JsonSchemaOf(body) is not { } schema)
        {
            return;
        }

        foreach (var expected in stub.Request.Parts.OfType<BodyPart>().Select(part => part.Matcher).OfType<Matching.Json.EqualToJsonMatcher>())
        {
            problems.AddRange(schema.Validate(expected.Document)
                .Where(problem => !(expected.IgnoresExtra && problem.EndsWith("is missing", StringComparison.Ordinal)) && !problem.Contains("json-unit", StringComparison.Ordinal))
                .Select(problem => $"expected request body {problem}"));
        }
    }

    private void CheckResponse(ResponseDefinition response, JsonElement operation, List<string> problems)
    {
        // A service that never answers gives no status; the mapping format can only say so by a delay nobody waits for.
        var silent = response.Delay is FixedDelay { Milliseconds: >= NeverMilliseconds };
        if (silent || response.Fault is not null || !operation.TryGetProperty("responses", out var responses))
        {
            return;
        }

        var status = response.Status.ToString(CultureInfo.InvariantCulture);
        if (!responses.TryGetProperty(status, out var declared)
            && !responses.TryGetProperty($"{status[0]}XX", out declared)
            && !responses.TryGetProperty("default", out declared))
        {
            problems.Add($"the contract does not declare status {status}");
            return;
        }

        if (response.IsTemplate || response.BodyFile is not null || contract.JsonSchemaOf(declared) is not { } schema)
        {
            return;
        }

        using var body = new MockBody(response.Body ?? []);
        if (body.Json is not { } json)
        {
            problems.Add($"the contract wants a JSON body with status {status}");
            return;
        }

        problems.AddRange(schema.Validate(json).Select(problem => $"response body {problem}"));
    }
}
