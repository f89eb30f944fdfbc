using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IntegrationKit.Contracts;

/// <summary>
/// Passes a response through unchanged and keeps a copy of its first bytes. Nothing is held back: streamed answers stay
/// streamed, and a body over the limit is dropped, not buffered.
/// </summary>
internal sealed class CapturingBody(HttpContext context, IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private const int Limit = 1024 * 1024;
    private readonly ArrayBufferWriter<byte> copy = new();
    private bool? wanted;
    private Stream? stream;
    private PipeWriter? writer;

    public Stream Stream => stream ??= new CapturingStream(this, inner.Stream);

    public PipeWriter Writer => writer ??= new CapturingWriter(this, inner.Writer);

    /// <summary>The whole body, or null when it was empty, not JSON, or larger than the limit.</summary>
    public ReadOnlyMemory<byte>? Captured => wanted == true && copy.WrittenCount > 0 ? copy.WrittenMemory : (ReadOnlyMemory<byte>?)null;

    public static CapturingBody Install(HttpContext context)
    {
        var body = new CapturingBody(context, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseBodyFeature>(body);
        return body;
    }

    public void Remove() => context.Features.Set(inner);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task CompleteAsync() => inner.CompleteAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        wanted = false;
        return inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public void Keep(ReadOnlySpan<byte> bytes)
    {
        wanted ??= MediaTypes.IsJson(context.Response.ContentType) && !context.Response.Headers.ContainsKey("Content-Encoding");
        if (wanted != true)
        {
            return;
        }

        if (copy.WrittenCount + bytes.Length > Limit)
        {
            wanted = false;
            copy.Clear();
            return;
        }

        copy.Write(bytes);
    }
}
