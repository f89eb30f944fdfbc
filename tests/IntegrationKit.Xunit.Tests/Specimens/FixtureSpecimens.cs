namespace IntegrationKit.FrameworkTests.Specimens;

public sealed class ProbeFixture : IntegrationFixture
{
    public ProbeFixture() => Probe = Use(new ProbeResource("probe"));

    public ProbeResource Probe { get; }
}

public sealed class BrokenFixture : IntegrationFixture
{
    public BrokenFixture() => Use(new ProbeResource("broken", failsToStart: true));
}

[Specimen]
public sealed class LaneSpecimen(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    [Fact(Explicit = true)]
    public void One() => SpecimenRun.Mark($"body {fixture.Probe.LaneIndex}");

    [Fact(Explicit = true)]
    public void Two() => SpecimenRun.Mark($"body {fixture.Probe.LaneIndex}");

    [Fact(Explicit = true)]
    public void Three() => SpecimenRun.Mark($"body {fixture.Probe.LaneIndex}");
}

[Specimen]
public sealed class VerificationSpecimen(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    [Fact(Explicit = true)]
    public void Is_told_at_its_end() => fixture.Probe.Complaint = "one request was not expected";
}

[Specimen]
public sealed class TimeoutSpecimen(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    // The timeout counts from before the lane is prepared: a slow machine must still come to the first line.
    [Fact(Explicit = true, Timeout = 1_000)]
    public async Task A_hangs()
    {
        SpecimenRun.Mark($"hangs {fixture.Probe.LaneIndex}");
        await Task.Delay(TimeSpan.FromMinutes(1), CancellationToken.None);
    }

    [Fact(Explicit = true)]
    public void B_follows() => SpecimenRun.Mark($"follows {fixture.Probe.LaneIndex}");
}

[Specimen]
public sealed class BrokenFixtureSpecimen(BrokenFixture fixture) : IClassFixture<BrokenFixture>
{
    [Fact(Explicit = true)]
    public void One() => Assert.NotNull(fixture);

    [Fact(Explicit = true)]
    public void Two() => Assert.NotNull(fixture);
}

[Specimen]
public sealed class HangingSpecimen
{
    [Fact(Explicit = true)]
    public void A_passes_first() => SpecimenRun.Mark("first");

    [Fact(Explicit = true)]
    public async Task B_hangs()
    {
        SpecimenRun.Mark("hanging");
        await Task.Delay(TimeSpan.FromMinutes(1), CancellationToken.None);
    }
}
