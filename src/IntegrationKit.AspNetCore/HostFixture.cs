using IntegrationKit.Hosting;
using IntegrationKit.Observing;
using IntegrationKit.Scoping;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationKit;

/// <summary>
/// Hosts a worker application (a generic host without endpoints) once per test that runs at the same time, next to the
/// databases, mocks, folders and clocks declared in the derived constructor. For web applications use
/// <see cref="ApplicationFixture{TEntryPoint}"/>, which adds clients and identities.
/// </summary>
/// <typeparam name="TEntryPoint">A type of the application's assembly, usually <c>Program</c>.</typeparam>
/// <example>
/// <code>
/// public sealed class BillingFixture : HostFixture&lt;Program&gt;
/// {
///     public BillingFixture() => Database = UsePostgres("billing", o => o.ConnectionString("ConnectionStrings:Billing"));
///     public PostgresDatabase Database { get; }
/// }
/// </code>
/// </example>
/// <remarks>Thread-safe. Every member that belongs to a test answers for the calling test.</remarks>
public abstract class HostFixture<TEntryPoint> : IntegrationFixture
    where TEntryPoint : class
{
    /// <summary>Describes the worker; nothing is started before the first test needs it.</summary>
    protected HostFixture()
        : this(isWeb: false)
    {
    }

    private protected HostFixture(bool isWeb)
    {
        Options.IsWeb = isWeb;
        Options.ConfigureServices(ConfigureServices);
        Application = Application.Of<TEntryPoint>(typeof(TEntryPoint).Assembly.GetName().Name ?? typeof(TEntryPoint).Name, Options);
    }

    /// <summary>The application as a resource.</summary>
    public Application Application { get; }

    /// <summary>The services of the application that serves this test. Create a scope for scoped ones.</summary>
    public IServiceProvider Services => Application.Services;

    /// <summary>
    /// What the application did for the calling test so far, one line each, in the order in which it began: requests,
    /// statements, transactions, outgoing calls, messages, warnings.
    /// </summary>
    /// <example>
    /// <code>
    /// (await shop.TraceAsync()).Should().ContainInOrder(
    ///     "request POST /orders 201", "sql insert orders", "call payments POST /v1/charges 201", "transaction committed");
    /// </code>
    /// </example>
    /// <remarks>Waits up to two seconds for requests the application is still busy with. At most 2,000 lines.</remarks>
    public Task<IReadOnlyList<string>> TraceAsync() => TraceLines.OfAsync(TestScope.Current ?? throw new InvalidOperationException(
        "A trace belongs to a test; this code does not run inside one."));

    private protected ApplicationOptions Options { get; } = new();

    /// <inheritdoc cref="ApplicationOptions.Setting"/>
    protected void Setting(string key, string? value) => Options.Setting(key, value);

    /// <summary>Everything else about the hosting of the application.</summary>
    protected void Configure(Action<ApplicationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Options);
    }

    /// <summary>Adds or replaces services, after the application has registered its own. Runs once per host.</summary>
    protected virtual void ConfigureServices(IServiceCollection services)
    {
    }

    /// <summary>Declares a PostgreSQL database; each running test has its own copy of it.</summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="configure">How it is migrated, seeded and handed to the application.</param>
    protected PostgresDatabase UsePostgres(string name, Action<PostgresOptions> configure) => Use(new PostgresDatabase(name, configure));

    /// <summary>Declares a service the application calls over HTTP; each running test has its own stubs.</summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="configure">Where the application reads its address from, shared stubs, strictness.</param>
    protected HttpMock UseHttpMock(string name, Action<HttpMockOptions>? configure = null) => Use(new HttpMock(name, configure));

    /// <summary>Declares a folder the application writes to; each running test has its own, empty at its start.</summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="folderSetting">The configuration key from which the application reads the folder.</param>
    protected FileSandbox UseFiles(string name, string folderSetting) => Use(new FileSandbox(name, folderSetting));

    /// <summary>Starts a mail server on loopback for the application to send to; each running test has its own, empty at its start.</summary>
    /// <param name="name">Its name in the report.</param>
    /// <param name="hostSetting">The configuration key from which the application reads the server's host.</param>
    /// <param name="portSetting">The configuration key from which it reads the port.</param>
    protected MailSandbox UseMail(string name, string hostSetting, string portSetting) => Use(new MailSandbox(name, hostSetting, portSetting));

    /// <summary>
    /// Sets an environment variable of the process until the fixture is disposed. For code that reads no configuration;
    /// where it does, prefer <see cref="Setting"/>, which belongs to one application.
    /// </summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value; null removes it.</param>
    protected void UseEnvironmentVariable(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Use(new EnvironmentVariables(name, value));
    }

    /// <summary>Gives the application a clock that tests can move. It replaces the <see cref="TimeProvider"/> service.</summary>
    protected TestClock UseClock()
    {
        var clock = new TestClock();
        Options.LaneServices.Add((lane, services) => services.AddSingleton<TimeProvider>(clock.In(lane)));
        return Use(clock);
    }

    /// <summary>Declares a further web application of the same system; it starts in the order of declaration, before this one.</summary>
    protected Application UseApplication<TOther>(string name, Action<ApplicationOptions>? configure = null)
        where TOther : class
    {
        var other = new ApplicationOptions();
        configure?.Invoke(other);
        return Use(Application.Of<TOther>(name, other));
    }

    internal override void Complete() => Use(Application);
}
