using IntegrationKit.Requests;

namespace IntegrationKit.Serving;

/// <summary>
/// A base path that says whose a request is, for callers that send neither baggage nor traces: <c>/__ik/{id}/v1/charges</c>
/// is the test's <c>/v1/charges</c>.
/// </summary>
internal static class ScopedPath
{
    private const string Prefix = "/__ik/";

    public static string Of(string baggageId) => Prefix + Uri.EscapeDataString(baggageId);

    /// <summary>The request as stubs see it, without the base path.</summary>
    public static MockRequest Unwrap(MockRequest request)
    {
        if (!request.Target.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return request;
        }

        var end = request.Target.AsSpan(Prefix.Length).IndexOfAny('/', '?') is var at and >= 0 ? at + Prefix.Length : request.Target.Length;
        var rest = request.Target[end..];
        return request.At(rest.StartsWith('/') ? rest : "/" + rest, Uri.UnescapeDataString(request.Target[Prefix.Length..end]));
    }
}
