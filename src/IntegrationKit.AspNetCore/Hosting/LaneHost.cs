using IntegrationKit.Resources;
using IntegrationKit.Scoping;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace IntegrationKit.Hosting;

/// <summary>A running host of one lane and the clients of the test that has it now. Thread-safe.</summary>
internal sealed class LaneHost(HostPlan plan, ILaneFactory factory) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<HttpClient> clients = [];
    private HttpClient? shared;
    private TestScope? test;
    private int disposed;

    public IServiceProvider Services => factory.Services;

    public Uri BaseAddress => factory.BaseAddress;

    public HttpClient Client
    {
        get
        {
            lock (gate)
            {
                return shared ??= Make(null);
            }
        }
    }

    public static LaneHost In(Lane lane, IntegrationResource owner) => (LaneHost)lane.State[owner];

    /// <summary>False when the lane now offers other settings (a new database) than this host was built with.</summary>
    public bool Fits(Lane lane) => lane.Settings.All(offered =>
        plan.Settings.TryGetValue(offered.Key, out var used) && used == offered.Value);

    /// <summary>What the application logged for the test, at any level it has switched on.</summary>
    public string TakeLog(TestScope owner) => plan.Logs.Take(owner);

    public HttpClient CreateClient(WebApplicationFactoryClientOptions? options)
    {
        lock (gate)
        {
            return Make(options);
        }
    }

    public void Begin(TestScope owner)
    {
        End();
        test = owner;
    }

    public void End()
    {
        lock (gate)
        {
            shared = null;
            clients.ForEach(client => client.Dispose());
            clients.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        End();
        await Task.Run(async () => await factory.DisposeAsync().ConfigureAwait(false))
            .WaitAsync(plan.Options.StopTimeout + TimeSpan.FromSeconds(5)).ConfigureAwait(false);
    }

    private HttpClient Make(WebApplicationFactoryClientOptions? options)
    {
        options ??= new WebApplicationFactoryClientOptions();
        HttpMessageHandler handler = new TraceHandler(test, factory.CreateHandler());
        if (options.HandleCookies)
        {
            handler = new CookieContainerHandler { InnerHandler = handler };
        }

        if (options.AllowAutoRedirect)
        {
            handler = new RedirectHandler(options.MaxAutomaticRedirections) { InnerHandler = handler };
        }

        var isDefaultAddress = options.BaseAddress == new Uri("http://localhost");
        var client = new HttpClient(handler) { BaseAddress = isDefaultAddress ? BaseAddress : options.BaseAddress };
        clients.Add(client);
        return client;
    }
}
