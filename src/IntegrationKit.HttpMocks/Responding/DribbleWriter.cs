using IntegrationKit.Mappings;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationKit.Responding;

/// <summary>Sends a body in pieces spread over a time.</summary>
internal static class DribbleWriter
{
    public static async Task WriteAsync(
        IFeatureCollection features, byte[] body, ChunkedDribble dribble, TimeProvider time, CancellationToken cancellationToken)
    {
        var writer = features.Get<IHttpResponseBodyFeature>()!.Writer;
        var started = time.GetTimestamp();
        for (var i = 0; i < dribble.Chunks; i++)
        {
            var due = dribble.Total * (i + 1) / dribble.Chunks - time.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, time, cancellationToken).ConfigureAwait(false);
            }

            var start = (int)((long)body.Length * i / dribble.Chunks);
            var end = (int)((long)body.Length * (i + 1) / dribble.Chunks);
            if (end > start)
            {
                await writer.WriteAsync(body.AsMemory(start, end - start), cancellationToken).ConfigureAwait(false);
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
