using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Framework;

public sealed class LeaseTests
{
    [Fact]
    public async Task Tests_of_a_class_share_one_lane_cleaned_before_each()
    {
        using var run = await SpecimenRun.RunAsync<LaneSpecimen>();

        run.ExitCode.Should().Be(0, run.Output);
        run.Marks().Count(mark => mark == "start probe").Should().Be(1);
        run.Marks().Count(mark => mark == "prepare 0").Should().Be(3);
        run.Marks().Count(mark => mark == "body 0").Should().Be(3);
        run.Marks()[^1].Should().Be("dispose probe");
    }

    [Fact]
    public async Task A_complaint_at_the_end_of_a_test_fails_it()
    {
        using var run = await SpecimenRun.RunAsync<VerificationSpecimen>();

        run.Result(nameof(VerificationSpecimen.Is_told_at_its_end)).Error!.Message.Should().Be("one request was not expected");
        run.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task The_lane_of_a_timed_out_test_is_thrown_away()
    {
        using var run = await SpecimenRun.RunAsync<TimeoutSpecimen>();

        var lane = run.Marks().Single(mark => mark.StartsWith("hangs ", StringComparison.Ordinal))[6..];
        run.Marks().Should().Contain($"discard {lane}");
        run.Marks().SkipWhile(mark => mark != $"discard {lane}").Should().NotContain($"prepare {lane}");
        run.Result(nameof(TimeoutSpecimen.B_follows)).Status.Should().Be("passed");
    }

    [Fact]
    public async Task A_resource_that_does_not_start_is_an_environment_error_told_once()
    {
        using var run = await SpecimenRun.RunAsync<BrokenFixtureSpecimen>();

        run.Marks().Count(mark => mark == "start broken").Should().Be(1);
        run.Result("One").RawStatus.Should().Be("fixture_failed");
        run.Result("Two").Error!.Message.Should().Contain("the server is on fire");
        run.Journal().OfType<FixtureFailed>().Should().ContainSingle()
            .Which.Should().Match<FixtureFailed>(failure => failure.Name.EndsWith("BrokenFixture") && failure.Error.Message == "the server is on fire");
    }
}
