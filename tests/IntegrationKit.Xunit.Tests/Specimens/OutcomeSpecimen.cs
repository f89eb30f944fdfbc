namespace IntegrationKit.FrameworkTests.Specimens;

[Specimen]
public sealed class OutcomeSpecimen(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    [Workflow("checkout")]
    [Trait("Category", "Integration")]
    public void Passes() => output.WriteLine("a line of output");

    [Fact(Explicit = true)]
    public void Fails() => Assert.Equal(1, int.Parse("2", System.Globalization.CultureInfo.InvariantCulture));

    [Fact(Explicit = true)]
    public void Fails_in_another_library() => 1.Should().Be(2);

    [Fact(Explicit = true)]
    public void Throws() => throw new InvalidOperationException("outer", new ArgumentException("inner"));

    [Fact(Explicit = true)]
    public void Is_skipped_at_run_time() => Assert.Skip("no such machine");

    [Fact(Explicit = true, Timeout = 50)]
    public async Task Times_out() => await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    [Fact(Explicit = true, Skip = "later")]
    public void Is_skipped() => Assert.Fail("never runs");

    [Theory(Explicit = true)]
    [InlineData(1, "one")]
    [InlineData(2, "two")]
    public void Rows(int number, string name) => Assert.Equal(3, number.ToString(System.Globalization.CultureInfo.InvariantCulture).Length + 2 + (name.Length * 0));

    [Fact(Explicit = true)]
    public static void Is_static() => Assert.Null(null);
}
