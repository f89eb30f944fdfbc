using IntegrationKit.Contracts;
using IntegrationKit.Observing;
using IntegrationKit.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationKit.Hosting;

/// <summary>Everything one host of one lane is built from.</summary>
internal sealed class HostPlan
{
    private readonly Lane lane;

    public HostPlan(string name, string point, ApplicationOptions options, Lane lane)
    {
        Name = name;
        Point = point;
        Options = options;
        Lane = lane.Index;
        this.lane = lane;
        OutgoingHandlers = new Dictionary<string, Func<HttpMessageHandler>>(lane.OutgoingHandlers, StringComparer.OrdinalIgnoreCase);
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

    public Dictionary<string, Func<HttpMessageHandler>> OutgoingHandlers { get; }

    public LogObserver Logs { get; }

    public ResponseContract? Contract { get; init; }

    public QueryParameters Queries { get; init; } = new();

    /// <summary>The user's services first, then what belongs to the lane.</summary>
    public void ConfigureServices(IServiceCollection services)
    {
        Options.Services.ForEach(configure => configure(services));
        Options.LaneServices.ForEach(configure => configure(lane, services));
        if (OutgoingHandlers.Count > 0 || Options.BlocksUndeclaredHosts)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new OutgoingRouter(OutgoingHandlers, Options)));
        }

        if (Options is { IsWeb: true, ChecksContract: true, ContractFile: null } or { IsWeb: true, BaselineFile: not null })
        {
            OpenApiSource.Register(services);
        }
    }
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
