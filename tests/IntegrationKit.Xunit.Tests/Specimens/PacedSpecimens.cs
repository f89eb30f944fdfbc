namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>Three collections, to be put in an order.</summary>
[Specimen]
public sealed class PacedSpecimen
{
    [Fact(Explicit = true)]
    public void Test() => Assert.True(true);
}

[Specimen]
public sealed class AnotherPacedSpecimen
{
    [Fact(Explicit = true)]
    public void Test() => Assert.True(true);
}

[Specimen]
public sealed class NewPacedSpecimen
{
    [Fact(Explicit = true)]
    public void Test() => Assert.True(true);
}
