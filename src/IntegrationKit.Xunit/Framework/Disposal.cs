namespace IntegrationKit.Framework;

/// <summary>What is decorated belongs to its decorator, and may be disposable in either way.</summary>
internal static class Disposal
{
    public static async ValueTask DisposeAsync(object? inner)
    {
        switch (inner)
        {
            case IAsyncDisposable asyncDisposable:
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
