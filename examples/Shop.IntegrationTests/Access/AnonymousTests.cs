namespace Shop.IntegrationTests.Access;

public sealed class AnonymousTests(ShopFixture shop)
{
    private const string SomeOrder = "/orders/0b6c1a44-5d1e-4b52-9a56-3f0d0a3a8a11";

    [Theory]
    [InlineData("GET", "/orders")]
    [InlineData("POST", "/orders")]
    [InlineData("GET", SomeOrder)]
    [InlineData("POST", SomeOrder + "/payment")]
    [InlineData("POST", SomeOrder + "/cancellation")]
    [InlineData("POST", "/products")]
    [InlineData("PUT", "/products/A1")]
    [InlineData("GET", "/reports/sales")]
    [InlineData("POST", "/exports/orders")]
    public async Task Nobody_gets_in_without_a_token(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
        {
            request.Content = JsonContent.Create(new { });
        }

        var response = await shop.Client.SendAsync(request);

        response.Should().HaveStatusCode(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(TokenFault.Expired)]
    [InlineData(TokenFault.NotYetValid)]
    [InlineData(TokenFault.WrongAudience)]
    [InlineData(TokenFault.WrongIssuer)]
    [InlineData(TokenFault.WrongKey)]
    [InlineData(TokenFault.Tampered)]
    public async Task A_token_that_is_not_right_is_no_token(TokenFault fault)
    {
        var response = await shop.As("ann").With(fault).Client.GetAsync("/orders");

        response.Should().HaveStatusCode(HttpStatusCode.Unauthorized);
    }
}
