using IntegrationKit.Resources;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationKit;

/// <summary>How an application under test is hosted. Read once, when the application starts for the first time.</summary>
public sealed class ApplicationOptions
{
    internal Dictionary<string, string?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal List<Action<IServiceCollection>> Services { get; } = [];

    internal List<Action<IWebHostBuilder>> WebHosts { get; } = [];

    internal List<string> AddressSettings { get; } = [];

    internal List<Action<Lane, IServiceCollection>> LaneServices { get; } = [];

    internal bool IsWeb { get; set; } = true;

    internal bool OnKestrel { get; private set; }

    internal bool KeepsConsole { get; private set; }

    internal bool ChecksContract { get; private set; } = true;

    internal bool BlocksUndeclaredHosts { get; private set; } = true;

    internal HashSet<string> AllowedHosts { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal string? ContractFile { get; private set; }

    internal string? BaselineFile { get; private set; }

    internal TimeSpan StartTimeout { get; private set; } = TimeSpan.FromSeconds(60);

    internal TimeSpan StopTimeout { get; private set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Overrides a configuration value. The application's own <c>Program.cs</c> already sees it while it builds, and it
    /// wins over <c>appsettings.json</c> and environment variables.
    /// </summary>
    public ApplicationOptions Setting(string key, string? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        Settings[key] = value;
        return this;
    }

    /// <summary>Adds or replaces services, after the application has registered its own.</summary>
    public ApplicationOptions ConfigureServices(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Add(configure);
        return this;
    }

    /// <summary>Changes the web host itself, for example its environment (default: Development).</summary>
    public ApplicationOptions ConfigureWebHost(Action<IWebHostBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        WebHosts.Add(configure);
        return this;
    }

    /// <summary>Listens on a free loopback port with Kestrel. Default: the in-memory test server, without a port.</summary>
    public ApplicationOptions UseKestrel()
    {
        OnKestrel = true;
        return this;
    }

    /// <summary>
    /// Offers the address of this application under a configuration key to the applications declared after it. Implies
    /// <see cref="UseKestrel"/>.
    /// </summary>
    public ApplicationOptions BaseAddress(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        AddressSettings.Add(key);
        return UseKestrel();
    }

    /// <summary>
    /// Keeps the application's console logger. Default: it is removed, because the lines of parallel tests mix there; log
    /// entries are kept per test instead.
    /// </summary>
    public ApplicationOptions KeepConsole()
    {
        KeepsConsole = true;
        return this;
    }

    /// <summary>
    /// Checks answers against this OpenAPI document (JSON, relative to the output or the project folder). Default: the
    /// documents the application registers with <c>AddOpenApi</c>, else one generated from its endpoints.
    /// </summary>
    public ApplicationOptions Contract(string openApiFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(openApiFile);
        ContractFile = openApiFile;
        return this;
    }

    /// <summary>
    /// Compares the application's own OpenAPI document with a committed one (JSON, relative to the output or the project
    /// folder): operations, answers or properties that are gone, and requests that ask for more, are an issue of the report.
    /// </summary>
    public ApplicationOptions Baseline(string openApiFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(openApiFile);
        BaselineFile = openApiFile;
        return this;
    }

    /// <summary>
    /// Lets the application's HttpClients call this host. Default: only loopback addresses and the hosts of mocks; a call to
    /// any other host fails before it leaves, naming the host and the test.
    /// </summary>
    public ApplicationOptions AllowHost(string host)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        AllowedHosts.Add(host);
        return this;
    }

    /// <summary>Lets the application's HttpClients call any host. The report still lists the undeclared ones.</summary>
    public ApplicationOptions AllowAnyHost()
    {
        BlocksUndeclaredHosts = false;
        return this;
    }

    /// <summary>Does not check answers against an OpenAPI document. Default: every JSON answer up to 1 MB is checked.</summary>
    public ApplicationOptions WithoutContract()
    {
        ChecksContract = false;
        return this;
    }

    /// <summary>How long the application may take to start (default 60 s) and to stop (default 10 s).</summary>
    public ApplicationOptions Timeouts(TimeSpan start, TimeSpan stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(start, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(stop, TimeSpan.Zero);
        StartTimeout = start;
        StopTimeout = stop;
        return this;
    }
}
