using IntegrationKit.Fixtures;
using IntegrationKit.Scoping;

namespace IntegrationKit.FrameworkTests.Fixtures;

public sealed class LanePoolTests
{
    private readonly LanePool pool = new([]);
    private readonly TestScope test = new("t1@1", "test");

    [Fact]
    public async Task Tests_at_the_same_time_have_different_lanes()
    {
        var first = await pool.RentAsync(test, default);
        var second = await pool.RentAsync(test, default);

        second.Index.Should().NotBe(first.Index);
    }

    [Fact]
    public async Task A_returned_lane_is_used_again()
    {
        var first = await pool.RentAsync(test, default);
        pool.Ending();
        pool.Return(first);

        (await pool.RentAsync(test, default)).Should().BeSameAs(first);
    }

    [Fact]
    public async Task A_lane_about_to_come_back_is_waited_for()
    {
        var first = await pool.RentAsync(test, default);
        pool.Ending();

        var renting = pool.RentAsync(test, default);
        renting.IsCompleted.Should().BeFalse();
        pool.Return(first);

        (await renting).Should().BeSameAs(first);
        pool.Created.Should().Be(1);
    }

    [Fact]
    public async Task A_lane_that_never_comes_back_is_replaced()
    {
        await pool.RentAsync(test, default);
        pool.Ending();

        (await pool.RentAsync(test, default)).Index.Should().Be(1);
    }

    [Fact]
    public async Task A_discarded_lane_is_not_handed_out_again()
    {
        var first = await pool.RentAsync(test, default);
        pool.Ending();
        var renting = pool.RentAsync(test, default);
        await pool.DiscardAsync(first, wasEnding: true);

        (await renting).Should().NotBeSameAs(first);
    }

    [Fact]
    public async Task Many_renters_never_share_a_lane()
    {
        var held = new System.Collections.Concurrent.ConcurrentDictionary<int, byte>();
        var clashes = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, token) =>
        {
            var lane = await pool.RentAsync(test, token);
            clashes += held.TryAdd(lane.Index, 0) ? 0 : 1;
            await Task.Yield();
            held.TryRemove(lane.Index, out byte _);
            pool.Ending();
            pool.Return(lane);
        });

        clashes.Should().Be(0);
        pool.Created.Should().BeLessThanOrEqualTo(8);
    }
}
