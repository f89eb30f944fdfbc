using Docker.DotNet.Models;

namespace IntegrationKit.Containers;

/// <summary>What a kind of container needs beyond its builder.</summary>
internal sealed record ContainerPlan
{
    public static readonly ContainerPlan Plain = new();

    /// <summary>Changes the container further when everything else is decided.</summary>
    public Action<CreateContainerParameters, ImageFacts> Change { get; init; } = static (_, _) => { };

    /// <summary>A folder that goes in or comes out through the tether.</summary>
    public Cargo? Cargo { get; init; }
}
