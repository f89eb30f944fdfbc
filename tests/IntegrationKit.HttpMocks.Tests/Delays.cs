using System.Diagnostics;
using IntegrationKit.HttpMocks.Tests.Support;
using IntegrationKit.Mappings;

namespace IntegrationKit.HttpMocks.Tests;

/// <summary>
/// A delay may be 5 % or 5 ms off, whichever is more. Asked several times and judged by the answer that came nearest,
/// because a busy machine adds to any of them.
/// </summary>
[Collection(nameof(Alone))]
public sealed class Delays : MockTest
{
    private const int Tries = 8;

    [Theory]
    [InlineData("\"fixedDelayMilliseconds\":60", 60, 60)]
    [InlineData("\"fixedDelayMilliseconds\":300", 300, 300)]
    [InlineData("\"delayDistribution\":{\"type\":\"fixed\",\"milliseconds\":120}", 120, 120)]
    [InlineData("\"delayDistribution\":{\"type\":\"uniform\",\"lower\":100,\"upper\":120}", 100, 120)]
    [InlineData("\"delayDistribution\":{\"type\":\"lognormal\",\"median\":150,\"sigma\":0.0}", 150, 150)]
    [InlineData("\"chunkedDribbleDelay\":{\"numberOfChunks\":4,\"totalDuration\":200}", 200, 200)]
    public async Task An_answer_comes_when_it_was_asked_for(string delay, int lower, int upper)
    {
        Mock.Load($$$"""{"request":{"urlPath":"/x"},"response":{"status":200,"body":"0123456789",{{{delay}}}}}""");
        await Client.GetAsync("/x");

        List<double> taken = [];
        for (var i = 0; i < Tries; i++)
        {
            var started = Stopwatch.GetTimestamp();
            (await Client.GetStringAsync("/x")).Should().Be("0123456789");
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        taken.Should().OnlyContain(time => time >= lower - Allowed(lower), "no answer may come early");
        taken.Min().Should().BeLessThanOrEqualTo(upper + Allowed(upper));
    }

    [Fact]
    public async Task A_dribble_comes_in_even_pieces()
    {
        Mock.Load("""{"request":{"urlPath":"/x"},"response":{"status":200,"body":"0123456789ab","chunkedDribbleDelay":{"numberOfChunks":4,"totalDuration":400}}}""");
        await Client.GetAsync("/x");
        List<(string Piece, double At)> arrived = [];
        var buffer = new byte[64];

        var started = Stopwatch.GetTimestamp();
        using var response = await Client.GetAsync("/x", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            arrived.Add((System.Text.Encoding.ASCII.GetString(buffer, 0, read), Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        }

        arrived.Select(piece => piece.Piece).Should().Equal("012", "345", "678", "9ab");
        for (var i = 0; i < arrived.Count; i++)
        {
            arrived[i].At.Should().BeGreaterThanOrEqualTo(100 * (i + 1) - Allowed(100 * (i + 1)), "a piece may not come early");
        }
    }

    [Fact]
    public void Lognormal_delays_have_the_median_and_the_spread_that_were_asked_for()
    {
        var delays = Sample(new LognormalDelay(90, 0.4, null));

        delays[delays.Length / 2].Should().BeInRange(90 * 0.95, 90 * 1.05);
        delays[delays.Length * 8413 / 10_000].Should().BeInRange(90 * Math.Exp(0.4) * 0.95, 90 * Math.Exp(0.4) * 1.05, "one standard deviation above the median");
        Sample(new LognormalDelay(90, 0.4, 120))[^1].Should().BeLessThanOrEqualTo(120);
    }

    [Fact]
    public void Uniform_delays_reach_from_the_lower_to_the_upper_bound()
    {
        var delays = Sample(new UniformDelay(15, 25));

        delays[0].Should().Be(15);
        delays[^1].Should().Be(25);
        delays.Distinct().Should().HaveCount(11);
    }

    /// <summary>20,000 delays in milliseconds, the shortest first; the same each time.</summary>
    private static double[] Sample(DelayDistribution distribution)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, 20_000).Select(_ => distribution.Next(random).TotalMilliseconds).Order()];
    }

    private static double Allowed(double asked) => Math.Max(asked * 0.05, 5);
}
