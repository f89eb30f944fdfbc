using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit.Fixtures;

/// <summary>Starts the resources of a fixture once; everybody who asks gets the same outcome.</summary>
internal sealed class ResourceStart(IReadOnlyList<IntegrationResource> resources, FixtureContext context)
{
    private readonly Lock gate = new();
    private Task? started;

    public Task RunAsync()
    {
        lock (gate)
        {
            return started ??= Task.Run(StartAllAsync);
        }
    }

    private async Task StartAllAsync()
    {
        using var kit = KitWork.Begin();
        foreach (var resource in resources)
        {
            await resource.StartAsync(context, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
