using DotNet.Testcontainers.Containers;

namespace IntegrationKit;

/// <summary>How a <see cref="ContainerResource{TContainer}"/> is handed to the application and cleaned. Every member returns the same instance.</summary>
/// <typeparam name="TContainer">The container's type in Testcontainers.</typeparam>
public sealed class ContainerOptions<TContainer>
    where TContainer : IContainer
{
    internal ContainerOptions()
    {
    }

    internal List<(string Key, Func<TContainer, string> Value)> Settings { get; } = [];

    internal Func<TContainer, CancellationToken, Task>? Clean { get; private set; }

    internal WhenUnavailable Policy { get; private set; } = WhenUnavailable.Fail;

    /// <summary>The application of the lane finds the value under this configuration key. May be called several times.</summary>
    /// <example><code>o.Setting("Redis:Configuration", redis => redis.GetConnectionString())</code></example>
    public ContainerOptions<TContainer> Setting(string configurationKey, Func<TContainer, string> value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configurationKey);
        ArgumentNullException.ThrowIfNull(value);
        Settings.Add((configurationKey, value));
        return this;
    }

    /// <summary>
    /// Gives every lane a container of its own, cleaned like this between two tests. Default: one container for all tests,
    /// which share what is in it; they keep apart by names of their own.
    /// </summary>
    /// <example><code>o.CleanBetweenTests((redis, token) => redis.ExecAsync(["redis-cli", "FLUSHALL"], token))</code></example>
    public ContainerOptions<TContainer> CleanBetweenTests(Func<TContainer, CancellationToken, Task> clean)
    {
        ArgumentNullException.ThrowIfNull(clean);
        Clean = clean;
        return this;
    }

    /// <summary>What happens when no container engine answers. Default: <see cref="WhenUnavailable.Fail"/>.</summary>
    public ContainerOptions<TContainer> Otherwise(WhenUnavailable policy)
    {
        Policy = policy;
        return this;
    }
}
