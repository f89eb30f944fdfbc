namespace Shop.IntegrationTests.Background;

/// <summary>The Shop with a worker that looks ten times a second.</summary>
public sealed class ExpiryFixture : ShopFixture
{
    public ExpiryFixture() => Setting("Expiry:IntervalSeconds", "0.1");
}
