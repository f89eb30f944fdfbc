using IntegrationKit.Requests;

namespace IntegrationKit.Serving;

internal sealed record MockEngineOptions
{
    public JournalLimits Journal { get; init; } = new();

    /// <summary>Bytes of the largest request body that is accepted.</summary>
    public int BodyLimit { get; init; } = 32 * 1024 * 1024;

    /// <summary>Folder of body files, or null when there is none.</summary>
    public string? FilesDirectory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Random Random { get; init; } = Random.Shared;
}
