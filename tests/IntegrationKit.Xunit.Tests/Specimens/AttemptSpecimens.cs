[assembly: IntegrationKit.SuppressFinding("IK20", "the clock of the build machine", Target = "*Passes_the_second_time is flaky")]

namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>Counts in a file how often each test ran: attempts share nothing else.</summary>
internal static class Attempts
{
    public static int Next(string name)
    {
        SpecimenRun.Mark(name);
        return File.ReadAllLines(Path.Combine(Environment.GetEnvironmentVariable("SPECIMEN_FOLDER")!, "marks.txt")).Count(mark => mark == name);
    }
}

[Specimen]
[Retry(2)]
public sealed class RetrySpecimen(ProbeFixture fixture) : IClassFixture<ProbeFixture>
{
    public static TheoryData<int> Numbers => [1, 2, 3];

    [Fact(Explicit = true)]
    public void Passes_at_once() => Attempts.Next("passes").Should().Be(1);

    [Fact(Explicit = true)]
    public void Passes_the_second_time()
    {
        SpecimenRun.Mark($"lane {fixture.Probe.LaneIndex}");
        Attempts.Next("second").Should().Be(2);
    }

    [Fact(Explicit = true)]
    public void Never_passes() => Attempts.Next("never").Should().Be(0);

    [Fact(Explicit = true), Retry(0)]
    public void Fails_once_and_for_all() => Attempts.Next("once").Should().Be(0);

    [Theory(Explicit = true)]
    [MemberData(nameof(Numbers))]
    public void Only_row_2_is_flaky(int row)
    {
        Assert.NotNull(fixture);
        Attempts.Next($"row {row}").Should().Be(row == 2 ? 2 : 1);
    }
}

[Specimen]
public sealed class RepeatSpecimen
{
    [Fact(Explicit = true), Repeat(5)]
    public void Fails_each_third_time() => (Attempts.Next("third") % 3).Should().NotBe(0);

    [Fact(Explicit = true), Repeat(3)]
    public void Is_stable() => Attempts.Next("stable").Should().BePositive();

    [Fact(Explicit = true)]
    public void Runs_once() => Attempts.Next("once").Should().Be(1);
}
