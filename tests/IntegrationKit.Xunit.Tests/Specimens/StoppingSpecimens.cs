namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>Tests of which the second fails; a runner may be told to stop there.</summary>
[Specimen]
[TestCaseOrderer(typeof(ByName))]
public sealed class FailingSecondSpecimen
{
    [Fact(Explicit = true)]
    public void A_passes() => Assert.Equal(1, 1);

    [Fact(Explicit = true)]
    public void B_fails() => Assert.Equal(1, 2);

    [Fact(Explicit = true)]
    public void C_follows() => Assert.Equal(1, 1);

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    public void D_follows_with_rows(int row) => Assert.NotEqual(0, row);
}

/// <summary>Tests that wait until the runner is told to stop.</summary>
[Specimen]
[TestCaseOrderer(typeof(ByName))]
public sealed class CancelledSpecimen
{
    [Fact(Explicit = true)]
    public async Task A_waits()
    {
        SpecimenRun.Mark("waiting");
        await Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Fact(Explicit = true)]
    public void B_never_starts() => Assert.Fail("Cancelled before.");
}

/// <summary>Every test attaches something.</summary>
[Specimen]
public sealed class AttachingSpecimen
{
    [Theory(Explicit = true)]
    [InlineData("one")]
    [InlineData("two")]
    public void Attaches(string text) => TestContext.Current.AddAttachment("text", text);
}
