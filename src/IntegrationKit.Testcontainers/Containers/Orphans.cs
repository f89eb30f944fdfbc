namespace IntegrationKit.Containers;

/// <summary>Containers whose process is gone and that its end did not remove, for example because the engine was down.</summary>
internal static class Orphans
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private static Task<IReadOnlyList<string>>? once;

    /// <summary>Removes them once per process; never throws.</summary>
    public static Task<IReadOnlyList<string>> SweepOnceAsync(DockerEngine engine) =>
        LazyInitializer.EnsureInitialized(ref once, () => SweepAsync(engine));

    public static async Task<IReadOnlyList<string>> SweepAsync(DockerEngine engine)
    {
        List<string> removed = [];
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            foreach (var id in await FindAsync(engine, deadline.Token).ConfigureAwait(false))
            {
                await engine.RemoveAsync(id, deadline.Token).ConfigureAwait(false);
                removed.Add(id);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or System.Text.Json.JsonException)
        {
            // The next start sweeps again.
        }

        return removed;
    }

    public static async Task<IReadOnlyList<string>> FindAsync(DockerEngine engine, CancellationToken cancellationToken) =>
    [
        .. (await engine.OwnedAsync(cancellationToken).ConfigureAwait(false))
            .Where(container => OwnerLabel.Parse(container.Owner) is { IsOrphan: true })
            .Select(container => container.Id),
    ];
}
