using Shop.IntegrationTests;

[assembly: AssemblyFixture(typeof(ShopFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // one database, one mock: tests run one after the other

namespace Shop.IntegrationTests;

/// <summary>The Shop that waits one second for its payment provider, on the database of the run.</summary>
public sealed class ImpatientShopFixture : ShopFixture
{
    protected override string PaymentTimeout => "1";

    protected override Task<ShopServer> ServerAsync() => Task.FromResult(OfTheRun!.Postgres);
}
