using System.Globalization;
using IntegrationKit.Containers;

namespace IntegrationKit.Doctor;

/// <summary>Containers that runs have started, by their label.</summary>
internal static class OwnedContainers
{
    /// <summary>One line for each, orphans among them; empty where no engine answers.</summary>
    public static async Task<IReadOnlyList<OwnedContainer>> FindAsync(DockerEngine? engine, CancellationToken cancellationToken)
    {
        if (engine is null)
        {
            return [];
        }

        try
        {
            return [.. (await engine.OwnedAsync(cancellationToken).ConfigureAwait(false)).Select(container => Describe(container.Id[..12], OwnerLabel.Parse(container.Owner)))];
        }
        catch (Exception exception) when (exception is HttpRequestException or System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private static OwnedContainer Describe(string id, OwnerLabel? owner) => owner switch
    {
        null => new OwnedContainer($"{id}  of an unknown owner", false),
        { IsOrphan: true } => new OwnedContainer(string.Create(CultureInfo.InvariantCulture, $"{id}  left by process {owner.Process}"), true),
        _ when owner.Host != OwnerLabel.Mine.Host => new OwnedContainer($"{id}  of another machine", false),
        _ => new OwnedContainer(string.Create(CultureInfo.InvariantCulture, $"{id}  of process {owner.Process}, which is running"), false),
    };
}

internal sealed record OwnedContainer(string Text, bool IsOrphan);
