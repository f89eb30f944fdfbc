using System.Net;
using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using IntegrationKit.Containers;
using IntegrationKit.Testcontainers.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationKit.Testcontainers.Tests.Removal;

public sealed class OrphanTests
{
    [Fact]
    public async Task Only_a_container_whose_process_lived_here_and_is_gone_is_swept()
    {
        var engine = await LocalDocker.RequireAsync();
        var dead = OwnerLabel.Mine with { Process = int.MaxValue };
        var reused = OwnerLabel.Mine with { Process = 1, Started = "before the last start" };
        await using var orphan = await StartOrphanAsync(engine, dead);
        await using var successor = await StartOrphanAsync(engine, reused);
        await using var living = await StartAsync(engine, OwnerLabel.Key, OwnerLabel.Mine.ToString());
        await using var elsewhere = await StartAsync(engine, OwnerLabel.Key, (dead with { Host = "another-machine" }).ToString());
        await using var foreign = await StartAsync(engine, "owner", dead.ToString());
        await using var unreadable = await StartAsync(engine, OwnerLabel.Key, "something else");

        await Orphans.SweepAsync(engine);

        // Other processes sweep, too; what counts is what is left.
        var left = (await engine.OwnedAsync(TestContext.Current.CancellationToken)).Select(container => container.Id).ToList();
        left.Should().NotContain([orphan.Id, successor.Id]).And.Contain([living.Id, elsewhere.Id, unreadable.Id]);
        (await foreign.ExecAsync(["true"], TestContext.Current.CancellationToken)).ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_label_that_cannot_be_read_belongs_to_nobody_we_know() => OwnerLabel.Parse("a/b").Should().BeNull();

    [Fact]
    public void This_process_lives() => OwnerLabel.Parse(OwnerLabel.Mine.ToString())!.IsOrphan.Should().BeFalse();

    /// <summary>Other tests start containers, too, and so sweep: what they remove before it has started is made anew.</summary>
    private static async Task<IContainer> StartOrphanAsync(DockerEngine engine, OwnerLabel owner)
    {
        for (var left = 10; ; left--)
        {
            try
            {
                return await StartAsync(engine, OwnerLabel.Key, owner.ToString());
            }
            catch (DockerApiException exception) when (left > 0 && exception.StatusCode is (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
            {
                TestContext.Current.SendDiagnosticMessage("Swept before it had started: {0}", exception.Message);
            }
        }
    }

    private static async Task<IContainer> StartAsync(DockerEngine engine, string label, string owner)
    {
        var container = new ContainerBuilder(LocalDocker.Redis).WithDockerEndpoint(new EngineAccess(engine)).WithCleanUp(false).WithAutoRemove(true)
            .WithLogger(NullLogger.Instance).WithLabel(label, owner).Build();
        await container.StartAsync(TestContext.Current.CancellationToken);
        return container;
    }
}
