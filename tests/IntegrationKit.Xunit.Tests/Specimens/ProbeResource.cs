using IntegrationKit.Resources;
using IntegrationKit.Scoping;

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>A resource that marks what is asked of it.</summary>
public sealed class ProbeResource : IntegrationResource
{
    private readonly bool failsToStart;

    public ProbeResource(string name, bool failsToStart = false)
        : base(name) => this.failsToStart = failsToStart;

    public int LaneIndex => CurrentLane.Index;

    /// <summary>What the running test wants to be told at its end.</summary>
    public string? Complaint { get; set; }

    internal override Task StartAsync(FixtureContext context, CancellationToken cancellationToken)
    {
        SpecimenRun.Mark($"start {Name}");
        return failsToStart ? throw new InvalidOperationException("the server is on fire") : Task.CompletedTask;
    }

    internal override Task PrepareAsync(Lane lane, TestScope test, CancellationToken cancellationToken)
    {
        SpecimenRun.Mark($"prepare {lane.Index}");
        return Task.CompletedTask;
    }

    internal override Task VerifyAsync(Lane lane, TestScope test, CancellationToken cancellationToken) =>
        Complaint is { } complaint ? throw new InvalidOperationException(complaint) : Task.CompletedTask;

    internal override Task ReleaseAsync(Lane lane, TestScope test)
    {
        SpecimenRun.Mark($"release {lane.Index}");
        return Task.CompletedTask;
    }

    internal override Task DiscardAsync(Lane lane)
    {
        SpecimenRun.Mark($"discard {lane.Index}");
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        SpecimenRun.Mark($"dispose {Name}");
        return ValueTask.CompletedTask;
    }
}
