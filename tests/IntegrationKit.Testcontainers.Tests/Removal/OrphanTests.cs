using DotNet.Testcontainers.Builders;
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
        await using var orphan = await StartAsync(engine, OwnerLabel.Key, dead.ToString());
        await using var successor = await StartAsync(engine, OwnerLabel.Key, reused.ToString());
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

    private static async Task<DotNet.Testcontainers.Containers.IContainer> StartAsync(DockerEngine engine, string label, string owner)
    {
        var container = new ContainerBuilder(LocalDocker.Redis).WithDockerEndpoint(new EngineAccess(engine)).WithCleanUp(false).WithAutoRemove(true)
            .WithLogger(NullLogger.Instance).WithLabel(label, owner).Build();
        await container.StartAsync(TestContext.Current.CancellationToken);
        return container;
    }
}
