using Xunit;
using Xunit.v3;

[assembly: TestFramework(typeof(HouseFramework))]

public sealed class HouseFramework : XunitTestFramework
{
    public HouseFramework() => WasUsed = true;

    public static bool WasUsed { get; private set; }
}

public sealed class Tests
{
    [Fact]
    public void The_own_framework_is_still_active() => Assert.True(HouseFramework.WasUsed);
}
