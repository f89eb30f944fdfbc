namespace IntegrationKit.FrameworkTests.Specimens;

/// <summary>Tests that run, are skipped before they begin or have no fixture, as the environment says.</summary>
[Specimen]
public sealed class SkippingSpecimen(SkippingSpecimen.Fixture fixture) : IClassFixture<SkippingSpecimen.Fixture>
{
    public const string Variable = "SPECIMEN_OUTCOME";

    public static bool IsSkipped => Outcome == "skipped";

    private static string? Outcome => Environment.GetEnvironmentVariable(Variable);

    [Theory(Explicit = true, Skip = "not today", SkipWhen = nameof(IsSkipped))]
    [InlineData(1, "one")]
    [InlineData(2, "two")]
    public void Rows(int number, string name) => Assert.NotEqual(number, fixture.Size + name.Length);

    [Fact(Explicit = true, Skip = "not today", SkipWhen = nameof(IsSkipped))]
    public void Without_rows() => Assert.Equal(3, fixture.Size);

    public sealed class Fixture
    {
        public int Size { get; } = Outcome == "error" ? throw new InvalidOperationException("no such machine") : 3;
    }
}
