namespace IntegrationKit.Mappings;

/// <summary>How long to wait before answering.</summary>
internal abstract record DelayDistribution
{
    public abstract TimeSpan Next(Random random);
}

internal sealed record FixedDelay(int Milliseconds) : DelayDistribution
{
    public override TimeSpan Next(Random random) => TimeSpan.FromMilliseconds(Milliseconds);
}

internal sealed record UniformDelay(int Lower, int Upper) : DelayDistribution
{
    public override TimeSpan Next(Random random) => TimeSpan.FromMilliseconds(random.Next(Lower, Upper + 1));
}

/// <summary>The usual shape of network latency: a median and a long tail.</summary>
internal sealed record LognormalDelay(double Median, double Sigma, double? Maximum) : DelayDistribution
{
    private const int Attempts = 10;

    public override TimeSpan Next(Random random)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var milliseconds = Median * Math.Exp(Sigma * normal);
            if (Maximum is null || milliseconds <= Maximum)
            {
                return TimeSpan.FromMilliseconds(milliseconds);
            }
        }

        return TimeSpan.FromMilliseconds(Maximum!.Value);
    }
}

/// <summary>One delay after the other.</summary>
internal sealed record SumOfDelays(DelayDistribution First, DelayDistribution Second) : DelayDistribution
{
    public override TimeSpan Next(Random random) => First.Next(random) + Second.Next(random);
}
