using System.Collections.Concurrent;
using IntegrationKit.Journal;
using IntegrationKit.Mailing;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit;

/// <summary>
/// The mail server the application sends to: SMTP on a loopback port. Each running test has its own, empty at its start;
/// nothing leaves the machine. Thread-safe.
/// </summary>
public sealed class MailSandbox : IntegrationResource
{
    private readonly string hostSetting;
    private readonly string portSetting;
    private readonly ConcurrentBag<SmtpServer> servers = [];

    internal MailSandbox(string name, string hostSetting, string portSetting)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hostSetting);
        ArgumentException.ThrowIfNullOrWhiteSpace(portSetting);
        (this.hostSetting, this.portSetting) = (hostSetting, portSetting);
    }

    /// <summary>What the application sent in this test, oldest first.</summary>
    public IReadOnlyList<SentMail> Messages => In(CurrentLane).Messages;

    private string Point => $"messaging:{Name}";

    /// <inheritdoc/>
    internal override Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        DeclarePoint(context, PointKind.Messaging, "smtp", "in_process");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    internal override Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        var server = (SmtpServer)lane.State.GetOrAdd(this, _ => Start());
        server.Begin(mail => Recorder.Observe(new MessageObserved
        {
            Point = Point,
            Destination = string.Join(", ", mail.To),
            Direction = "sent",
            Bytes = mail.Raw.Length,
            Test = test.Execution,
            Via = Via.Lane,
            Lane = lane.Index,
        }));
        lane.Settings[hostSetting] = "127.0.0.1";
        lane.Settings[portSetting] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SmtpServer Start()
    {
        var server = new SmtpServer();
        servers.Add(server);
        return server;
    }

    private SmtpServer In(Lane lane) => (SmtpServer)lane.State[this];
}
