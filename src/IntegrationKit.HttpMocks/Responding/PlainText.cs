using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationKit.Responding;

internal static class PlainText
{
    public static async Task WriteAsync(IFeatureCollection features, int status, string text)
    {
        var response = features.Get<IHttpResponseFeature>()!;
        var body = Encoding.UTF8.GetBytes(text);
        response.StatusCode = status;
        response.Headers.ContentType = "text/plain; charset=utf-8";
        if (features.Get<IHttpRequestFeature>()!.Method == "HEAD")
        {
            return;
        }

        response.Headers.ContentLength = body.Length;
        await features.Get<IHttpResponseBodyFeature>()!.Writer.WriteAsync(body).ConfigureAwait(false);
    }
}
