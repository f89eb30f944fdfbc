using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace IntegrationKit;

/// <summary>
/// A container of any Testcontainers module for tests without an application: derive, name the builder, and register the
/// type as an xUnit assembly, collection or class fixture. In an application's fixture use
/// <see cref="ContainerResource{TContainer}"/>.
/// </summary>
/// <typeparam name="TContainer">The container's type in Testcontainers.</typeparam>
/// <example>
/// <code>
/// public sealed class CacheFixture() : ContainerFixture&lt;RedisContainer&gt;(() => new RedisBuilder("redis:7"));
/// </code>
/// </example>
public abstract class ContainerFixture<TContainer> : IntegrationFixture
    where TContainer : IContainer
{
    private static readonly string[] Endings = ["Fixture", "Container"];

    /// <summary>Declares the container under the fixture type's name, without a trailing "Container" or "Fixture".</summary>
    /// <param name="describe">Makes the builder; called once per container, when it starts.</param>
    protected ContainerFixture(Func<IAbstractBuilder<object, TContainer, CreateContainerParameters>> describe) =>
        Resource = Use(new ContainerResource<TContainer>(ShortName(), describe, Configure));

    /// <summary>The running container of the calling test. Thread-safe.</summary>
    public TContainer Container => Resource.Container;

    private ContainerResource<TContainer> Resource { get; }

    /// <summary>Says how the container is cleaned. Called once, from the constructor. Default: nothing to set.</summary>
    protected virtual void Configure(ContainerOptions<TContainer> options)
    {
    }

    private string ShortName()
    {
        var name = GetType().Name;
        var ending = Endings.FirstOrDefault(word => name.Length > word.Length && name.EndsWith(word, StringComparison.Ordinal));
        return name[..^(ending?.Length ?? 0)].ToLowerInvariant();
    }
}
