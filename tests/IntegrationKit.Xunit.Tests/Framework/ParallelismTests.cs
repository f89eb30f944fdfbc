using IntegrationKit.FrameworkTests.Specimens;
using IntegrationKit.Journal;

namespace IntegrationKit.FrameworkTests.Framework;

public sealed class ParallelismTests
{
    [Fact]
    public async Task At_least_four_tests_run_at_once_where_nobody_says_how_many()
    {
        using var run = await SpecimenRun.RunAsync<LaneSpecimen>();

        run.Journal().OfType<RunConfigured>().Single().Parallelism.Should().Contain($"parallel ({Math.Max(4, Environment.ProcessorCount)} threads)");
    }

    [Fact]
    public async Task A_number_that_somebody_says_is_kept()
    {
        using var run = await SpecimenRun.RunAsync<LaneSpecimen>("-maxThreads", "2");

        run.Journal().OfType<RunConfigured>().Single().Parallelism.Should().Contain("parallel (2 threads)");
    }
}
