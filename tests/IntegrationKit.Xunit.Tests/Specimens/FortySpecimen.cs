namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>Forty cases: a suite to be split.</summary>
[Specimen]
public sealed class FortySpecimen
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, 36)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Numbers))]
    public void Row(int number) => Assert.InRange(number, 1, 36);

    [Fact(Explicit = true)]
    public void A() => Assert.True(true);

    [Fact(Explicit = true)]
    public void B() => Assert.True(true);

    [Fact(Explicit = true)]
    public void C() => Assert.True(true);

    [Fact(Explicit = true)]
    public void D() => Assert.True(true);
}
