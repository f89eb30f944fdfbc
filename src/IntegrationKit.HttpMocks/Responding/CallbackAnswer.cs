using System.Text;
using IntegrationKit.Mappings;
using IntegrationKit.Requests;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Responding;

/// <summary>An answer that the test's code gives.</summary>
internal static class CallbackAnswer
{
    /// <exception cref="AnswerException">The code threw.</exception>
    public static Answer Of(Func<CapturedRequest, (int Status, object? Json)> code, MockRequest request, ResponseDefinition definition)
    {
        try
        {
            var (status, json) = code(new CapturedRequest(request, matched: true));
            return json is null
                ? new Answer(status, definition.Headers, [])
                : new Answer(status, WithType(definition.Headers), Encoding.UTF8.GetBytes(MockStub.Node(json).ToJsonString()));
        }
#pragma warning disable CA1031 // The test's code may throw anything; the client gets a 500 and the report the reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new AnswerException($"the reply's code threw {exception.GetType().Name}: {exception.Message}");
        }
    }

    private static IReadOnlyList<KeyValuePair<string, StringValues>> WithType(IReadOnlyList<KeyValuePair<string, StringValues>> headers) =>
        headers.Any(header => string.Equals(header.Key, "Content-Type", StringComparison.OrdinalIgnoreCase))
            ? headers
            : [.. headers, KeyValuePair.Create("Content-Type", new StringValues("application/json"))];
}
