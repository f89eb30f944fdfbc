using Xunit;

namespace Bench.Empty;

/// <summary>Ten thousand tests that do nothing, in four classes that run side by side.</summary>
public abstract class EmptyTests
{
    public static TheoryData<int> Rows => [.. Enumerable.Range(0, 2500)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Nothing(int row) => _ = row;
}

public sealed class FirstTests : EmptyTests;

public sealed class SecondTests : EmptyTests;

public sealed class ThirdTests : EmptyTests;

public sealed class FourthTests : EmptyTests;
