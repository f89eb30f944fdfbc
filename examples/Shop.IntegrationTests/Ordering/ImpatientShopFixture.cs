namespace Shop.IntegrationTests.Ordering;

/// <summary>The Shop that waits one second for its payment provider, for tests in which the provider does not answer.</summary>
public sealed class ImpatientShopFixture : ShopFixture
{
    public ImpatientShopFixture() => Setting("Payments:TimeoutSeconds", "1");
}
