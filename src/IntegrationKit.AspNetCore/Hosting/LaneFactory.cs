using IntegrationKit.Observing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace IntegrationKit.Hosting;

/// <summary>
/// The framework's factory with our overrides in it. A subclass and never <c>WithWebHostBuilder</c>, which loses the port
/// chosen with <c>UseKestrel</c> (dotnet/aspnetcore#67714).
/// </summary>
internal sealed class LaneFactory<TEntryPoint>(HostPlan plan) : WebApplicationFactory<TEntryPoint>, ILaneFactory
    where TEntryPoint : class
{
    public Uri BaseAddress { get; private set; } = new("http://localhost/");

    public void Start()
    {
        if (!plan.Options.OnKestrel)
        {
            _ = Server;
            return;
        }

        UseKestrel();
        StartServer();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        BaseAddress = new Uri(addresses?.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"'{plan.Name}' started on Kestrel but listens on no http address."));
    }

    public HttpMessageHandler CreateHandler() => plan.Options.OnKestrel
        ? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null }
        : Server.CreateHandler();

    protected override IHost CreateHost(IHostBuilder builder) =>
        new StopOnceHost(base.CreateHost(builder), plan.Options.StopTimeout + TimeSpan.FromSeconds(1));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Watching appsettings.json costs each host a thread and one of the few watchers a user may have.
        builder.UseSetting("hostBuilder:reloadConfigOnChange", "false");
        // UseSetting, because only that is visible while Program.cs builds (dotnet/aspnetcore#37680).
        foreach (var (key, value) in plan.Settings)
        {
            builder.UseSetting(key, value);
        }

        if (plan.Options.OnKestrel)
        {
            builder.UseUrls("http://127.0.0.1:0");
        }

        builder.ConfigureServices(AddObservers);
        foreach (var configure in plan.Options.WebHosts)
        {
            configure(builder);
        }

        if (!plan.Options.IsWeb)
        {
            builder.Configure(_ => { }); // a worker gets the in-memory server too, with nothing behind it
        }

        builder.ConfigureServices(plan.ConfigureServices);
    }

    private void AddObservers(IServiceCollection services)
    {
        if (!plan.Options.KeepsConsole)
        {
            foreach (var console in services.Where(service => service.ImplementationType == typeof(ConsoleLoggerProvider)).ToList())
            {
                services.Remove(console);
            }
        }

        services.AddSingleton<ILoggerProvider>(plan.Logs);
        services.AddLogging(logging => logging.AddProvider(new TransactionLoggerProvider())
            .AddFilter<TransactionLoggerProvider>((string? _, LogLevel _) => false)
            .AddFilter<TransactionLoggerProvider>("Npgsql.Connection", LogLevel.Debug)
            .AddFilter<TransactionLoggerProvider>("Npgsql.Transaction", LogLevel.Debug));
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new RequestObserverFilter(plan)));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = plan.Options.StopTimeout);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()); // else keys are written to the home folder
    }
}
