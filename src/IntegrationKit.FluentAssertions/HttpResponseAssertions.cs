using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentAssertions;
using FluentAssertions.Execution;
using FluentAssertions.Primitives;

namespace IntegrationKit;

/// <summary>Assertions about responses whose failure shows what the application answered, body included.</summary>
public static class HttpResponseAssertions
{
    private const int LongestBody = 2000;

    /// <summary>The response has this status.</summary>
    public static AndConstraint<HttpResponseMessageAssertions> HaveStatus(
        this HttpResponseMessageAssertions assertions, HttpStatusCode expected, string because = "", params object[] becauseArgs)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        var response = Subject(assertions);
        Execute.Assertion.BecauseOf(because, becauseArgs).ForCondition(response.StatusCode == expected).FailWith(
            "Expected {0} to answer {1}{reason}, but it answered {2}.",
            Plain.Of(Request(response)), Plain.Of(Name(expected)), Plain.Of($"{Name(response.StatusCode)}{Body(response)}"));
        return new AndConstraint<HttpResponseMessageAssertions>(assertions);
    }

    /// <summary>The response has this header, with this value where one is given.</summary>
    public static AndConstraint<HttpResponseMessageAssertions> HaveHeader(
        this HttpResponseMessageAssertions assertions, string name, string? value = null, string because = "", params object[] becauseArgs)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        var response = Subject(assertions);
        var found = response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
        Execute.Assertion.BecauseOf(because, becauseArgs).ForCondition(found is not null && (value is null || found == value)).FailWith(
            "Expected {0} to answer with header {1}{reason}, but {2}.", Plain.Of(Request(response)), Plain.Of(value is null ? name : $"{name}: {value}"),
            Plain.Of(found is null ? "there is no such header" : $"it is \"{found}\""));
        return new AndConstraint<HttpResponseMessageAssertions>(assertions);
    }

    /// <summary>
    /// The body is JSON and has at least the members of <paramref name="expected"/> with equal values; members it does not
    /// name are ignored, arrays have to be complete.
    /// </summary>
    /// <param name="assertions">From <c>response.Should()</c>.</param>
    /// <param name="expected">For example <c>new { id = 7, status = "paid" }</c>; names are compared in camel case.</param>
    public static async Task<AndConstraint<HttpResponseMessageAssertions>> HaveJsonAsync(
        this HttpResponseMessageAssertions assertions, object expected)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        var response = Subject(assertions);
        var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        var wanted = JsonSerializer.SerializeToNode(expected, JsonSerializerOptions.Web);
        var difference = Parse(text) is { } actual ? JsonSubset.Difference(wanted, actual.Node, "$") : "it is no JSON";
        Execute.Assertion.ForCondition(difference is null).FailWith(
            "Expected {0} to answer with {1}, but {2}.", Plain.Of(Request(response)), Plain.Of(wanted?.ToJsonString() ?? "null"), Plain.Of($"{difference}{Body(response)}"));
        return new AndConstraint<HttpResponseMessageAssertions>(assertions);
    }

    /// <summary>The response is problem details (RFC 9457) with this status, and this title or type where one is given.</summary>
    public static async Task<AndConstraint<HttpResponseMessageAssertions>> BeProblemAsync(
        this HttpResponseMessageAssertions assertions, HttpStatusCode status, string? title = null, string? type = null)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        assertions.HaveStatus(status);
        var response = Subject(assertions);
        Execute.Assertion.ForCondition(response.Content.Headers.ContentType?.MediaType == "application/problem+json").FailWith(
            "Expected {0} to answer with problem details, but the content type is {1}.", Plain.Of(Request(response)),
            Plain.Of($"{response.Content.Headers.ContentType?.MediaType ?? "missing"}{Body(response)}"));
        var expected = new JsonObject();
        if (title is not null)
        {
            expected["title"] = title;
        }

        if (type is not null)
        {
            expected["type"] = type;
        }

        return await assertions.HaveJsonAsync(expected).ConfigureAwait(false);
    }

    private static HttpResponseMessage Subject(HttpResponseMessageAssertions assertions) =>
        assertions.Subject ?? throw new ArgumentException("The response is null.", nameof(assertions));

    private static string Request(HttpResponseMessage response) =>
        response.RequestMessage is { } request ? $"{request.Method} {request.RequestUri?.PathAndQuery}" : "the request";

    private static string Name(HttpStatusCode status) => $"{(int)status} {status}";

    /// <summary>The content is buffered by HttpClient unless the test asked for headers only; then it is left alone.</summary>
    private static string Body(HttpResponseMessage response)
    {
        try
        {
            using var copy = new MemoryStream();
            response.Content.CopyTo(copy, null, CancellationToken.None);
            var text = System.Text.Encoding.UTF8.GetString(copy.ToArray());
            return text.Length == 0 ? "" : $":\n{(text.Length > LongestBody ? text[..LongestBody] + "…" : text)}";
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException or IOException or HttpRequestException)
        {
            return "";
        }
    }

    private static ParsedJson? Parse(string text)
    {
        try
        {
            return new ParsedJson(JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ParsedJson(JsonNode? Node);
}
