using System.Reflection;
using Xunit.v3;

namespace Shop.IntegrationTests;

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ResetBeforeEachTestAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Task.Run(async () =>
    {
        var fixture = await TestContext.Current.GetFixture(typeof(ImpatientShopFixture)) ?? await TestContext.Current.GetFixture(typeof(ShopFixture));
        await ((ShopFixture)fixture!).ResetAsync();
    }).GetAwaiter().GetResult();
}
