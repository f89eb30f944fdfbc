namespace Shop.IntegrationTests;

/// <summary>The Shop that waits one second for its payment provider, on a server of its own like every other class.</summary>
public sealed class ImpatientShopFixture : ShopFixture
{
    protected override string PaymentTimeout => "1";
}
