using System.Net.Http.Headers;
using Shop.Orders;

namespace Shop.IntegrationTests;

/// <summary>The words of the Shop's tests, as IntegrationKit's suite has them too. No set-up.</summary>
public partial class ShopFixture
{
    public SignedIn As(string user) => new(this, user, []);

    public HttpClient Customer(string name = "ann") => As(name).Client;

    public HttpClient Admin() => As("olga").InRole("admin").Client;

    public async Task<OrderView> OrderAsync(string sku, int quantity, string customer = "ann", bool payLater = false)
    {
        var response = await Customer(customer).PostAsJsonAsync("/orders", new NewOrder(sku, quantity, payLater));
        response.Should().HaveStatusCode(HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync<OrderView>())!;
    }

    public Task<int> StockOfAsync(string sku) => Database.ScalarAsync<int>("select stock from products where sku = $1", sku);

    public Task<string?> StatusOfAsync(OrderView order) => Database.ScalarAsync<string>("select status from orders where id = $1", order.Id);
}

public sealed record SignedIn(ShopFixture Shop, string User, IReadOnlyList<string> Roles, TokenFault Fault = TokenFault.None)
{
    public HttpClient Client
    {
        get
        {
            var client = Shop.CreateClient();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.For(User, Roles, Fault));
            return client;
        }
    }

    public SignedIn InRole(string role) => this with { Roles = [.. Roles, role] };

    public SignedIn With(TokenFault fault) => this with { Fault = fault };
}

public enum TokenFault
{
    None,
    Expired,
    NotYetValid,
    WrongAudience,
    WrongIssuer,
    WrongKey,
    Tampered,
}

public enum MockFault
{
    ConnectionResetByPeer,
    NoReply,
}

public sealed record Called(int Count)
{
    public static Called Never { get; } = new(0);

    public static Called Once { get; } = new(1);

    public static Called Times(int count) => new(count);
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WorkflowAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
