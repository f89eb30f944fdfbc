using Microsoft.AspNetCore.Http.Features;

namespace IntegrationKit.Responding;

/// <summary>Writes an answer through the server's features.</summary>
internal static class AnswerWriter
{
    public static async Task WriteAsync(IFeatureCollection features, Answer answer, TimeProvider time, CancellationToken cancellationToken)
    {
        var response = features.Get<IHttpResponseFeature>()!;
        response.StatusCode = answer.Status;
        response.ReasonPhrase = answer.StatusMessage ?? ReasonPhrase.Of(answer.Status);
        var headers = response.Headers;
        foreach (var header in answer.Headers)
        {
            if (!IsFraming(header.Key))
            {
                headers[header.Key] = header.Value;
            }
        }

        if (answer.StubId is not null)
        {
            headers["Matched-Stub-Id"] = answer.StubId;
        }

        if (answer.Body.Length == 0 || !MayHaveBody(features, answer.Status))
        {
            if (MayHaveBody(features, answer.Status))
            {
                headers.ContentLength = 0;
            }

            return;
        }

        if (answer.Dribble is { } dribble)
        {
            await DribbleWriter.WriteAsync(features, answer.Body, dribble, time, cancellationToken).ConfigureAwait(false);
            return;
        }

        headers.ContentLength = answer.Body.Length;
        await features.Get<IHttpResponseBodyFeature>()!.Writer.WriteAsync(answer.Body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The server frames the message itself; a stub's own length would have to be right to be harmless.</summary>
    private static bool IsFraming(string name) =>
        string.Equals(name, "Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, "Content-Length", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, "Connection", StringComparison.OrdinalIgnoreCase);

    private static bool MayHaveBody(IFeatureCollection features, int status) =>
        status is >= 200 and not (204 or 205 or 304) && features.Get<IHttpRequestFeature>()!.Method != "HEAD";
}
