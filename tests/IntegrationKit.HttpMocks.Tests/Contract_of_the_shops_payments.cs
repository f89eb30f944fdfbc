using IntegrationKit.Contracts;
using IntegrationKit.Mappings;

namespace IntegrationKit.HttpMocks.Tests;

public sealed class Contract_of_the_shops_payments
{
    private static readonly string Shop = Path.Combine(AppContext.BaseDirectory, "Shop");
    private readonly ContractCheck check = new(ProviderContract.Read(Path.Combine(Shop, "payments.json")));

    [Theory]
    [InlineData("charge-accepted.json")]
    [InlineData("refund-accepted.json")]
    public void Its_stubs_could_come_from_the_real_service(string file) =>
        check.Of(MappingReader.ReadText(File.ReadAllText(Path.Combine(Shop, "mocks", file)))[0]).Should().BeEmpty();

    [Fact]
    public void A_stub_that_drifted_is_told_with_the_place()
    {
        var stub = File.ReadAllText(Path.Combine(Shop, "mocks", "charge-accepted.json"));

        var problems = check.Of(MappingReader.ReadText(stub.Replace("\"ch_1\"", "1", StringComparison.Ordinal))[0]);

        problems.Should().Equal("response body $.id: expected string, was 1");
    }
}
