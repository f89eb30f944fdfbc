using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace IntegrationKit.Containers;

/// <summary>Asks every fifty milliseconds; Testcontainers asks once a second and waits up to an hour.</summary>
internal sealed class Readiness(Func<IContainer, Task<bool>> ready) : IWaitUntil
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static IWaitForContainerOS When(Func<IContainer, Task<bool>> ready) =>
        Wait.ForUnixContainer().AddCustomWaitStrategy(new Readiness(ready), strategy => strategy.WithInterval(Interval).WithTimeout(Deadline));

    public Task<bool> UntilAsync(IContainer container) => ready(container);
}
