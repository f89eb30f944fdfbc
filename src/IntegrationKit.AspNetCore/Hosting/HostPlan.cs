using IntegrationKit.Contracts;
using IntegrationKit.Observing;
using IntegrationKit.Resources;

namespace IntegrationKit.Hosting;

/// <summary>Everything one host of one lane is built from.</summary>
internal sealed class HostPlan
{
    public HostPlan(string name, string point, ApplicationOptions options, Lane lane)
    {
        Name = name;
        Point = point;
        Options = options;
        Lane = lane.Index;
        Settings = new Dictionary<string, string?>(options.Settings, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in lane.Settings)
        {
            Settings[key] = value;
        }

        Logs = new LogObserver(this);
    }

    public string Name { get; }

    public string Point { get; }

    public int Lane { get; }

    public ApplicationOptions Options { get; }

    public Dictionary<string, string?> Settings { get; }

    public LogObserver Logs { get; }

    public ResponseContract? Contract { get; init; }
}

/// <summary>A <see cref="Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory{TEntryPoint}"/> without its type parameter.</summary>
internal interface ILaneFactory : IAsyncDisposable
{
    IServiceProvider Services { get; }

    Uri BaseAddress { get; }

    /// <summary>Builds and starts the host; returns when it listens.</summary>
    void Start();

    HttpMessageHandler CreateHandler();
}
